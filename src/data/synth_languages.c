/* synth_languages.c - titles in other languages, with translations; see synth_words.h.
 */
#include "config.h"

#include "src/data/synth_words.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define LANGUAGE(name)                                           \
    {                                                            \
        name##_head, name##_tail, N(name##_head), N(name##_tail) \
    }

/* clang-format off: one phrase a column. */
static const struct synth_phrase french_head[] = {
    { "Le", "Jardin", "Garden" },   { "La", "Nuit", "Night" },
    { "L'", "Été", "Summer" },      { "Les", "Ombres", "Shadows" },
    { "La", "Maison", "House" },    { "Le", "Silence", "Silence" },
    { "L'", "Île", "Island" },      { "Les", "Sœurs", "Sisters" },
    { "Le", "Goût", "Taste" },      { "La", "Forêt", "Forest" },
    { "Le", "Théâtre", "Theater" }, { "L'", "Élève", "Pupil" },
    { "La", "Mémoire", "Memory" },  { "Les", "Fenêtres", "Windows" },
    { "Un", "Café", "Coffee" },
};
static const struct synth_phrase french_tail[] = {
    { "", "des cerises", "of Cherries" },
    { "", "de Marseille", "of Marseille" },
    { "", "sans fin", "without End" },
    { "", "d'en face", "across the Street" },
    { "", "au bord de l'eau", "by the Water" },
    { "", "du facteur", "of the Postman" },
    { "", "sous la neige", "under the Snow" },
    { "", "de la boulangère", "of the Baker" },
    { "", "avant l'aube", "before Dawn" },
    { "", "de ma tante", "of My Aunt" },
    { "", "à l'envers", "Upside Down" },
    { "", "d'Hélène", "of Hélène" },
};
static const struct synth_phrase spanish_head[] = {
    { "El", "Corazón", "Heart" },
    { "La", "Niña", "Girl" },
    { "Los", "Años", "Years" },
    { "La", "Canción", "Song" },
    { "El", "Sueño", "Dream" },
    { "Las", "Montañas", "Mountains" },
    { "El", "Último tren", "Last Train" },
    { "La", "Lluvia", "Rain" },
    { "El", "Peluquero", "Hairdresser" },
    { "La", "Señora", "Lady" },
    { "El", "Balcón", "Balcony" },
    { "Las", "Cartas", "Letters" },
};
static const struct synth_phrase spanish_tail[] = {
    { "", "del mar", "of the Sea" },
    { "", "sin nombre", "without a Name" },
    { "", "de ceniza", "of Ash" },
    { "", "de los peces", "of the Fish" },
    { "", "de mañana", "of Tomorrow" },
    { "", "bajo el limonero", "under the Lemon Tree" },
    { "", "de Bogotá", "of Bogotá" },
    { "", "del señor Ibáñezco", "of Mr. Ibáñezco" },
    { "", "que nunca fue", "That Never Was" },
    { "", "en la niebla", "in the Fog" },
};
static const struct synth_phrase german_head[] = {
    { "Der", "Fährmann", "Ferryman" }, { "Die", "Brücke", "Bridge" },
    { "Das", "Mädchen", "Girl" },      { "Der", "Schlüssel", "Key" },
    { "Die", "Bäume", "Trees" },       { "Das", "Frühstück", "Breakfast" },
    { "Der", "Bär", "Bear" },          { "Die", "Straße", "Street" },
    { "Der", "Träumer", "Dreamer" },   { "Das", "Schweigen", "Silence" },
    { "Die", "Köchin", "Cook" },
};
static const struct synth_phrase german_tail[] = {
    { "", "am Fluss", "by the River" },
    { "", "im Nebel", "in the Mist" },
    { "", "über München", "above Munich" },
    { "", "ohne Schatten", "without a Shadow" },
    { "", "von nebenan", "from Next Door" },
    { "", "der Müllerin", "of the Miller's Wife" },
    { "", "hinter dem Deich", "behind the Dike" },
    { "", "um fünf Uhr", "at Five O'Clock" },
    { "", "im dritten Stock", "on the Third Floor" },
};
static const struct synth_phrase nordic_head[] = {
    { "", "Sommeren", "Summer" },   { "", "Øya", "Island" },
    { "", "Vintern", "Winter" },    { "", "Fyrvaktaren", "Lighthouse Keeper" },
    { "", "Kärlek", "Love" },       { "", "Mørket", "Darkness" },
    { "", "Brødrene", "Brothers" }, { "", "Stillhet", "Silence" },
};
static const struct synth_phrase nordic_tail[] = {
    { "", "på Åland", "on Åland" },           { "", "i fjøset", "in the Barn" },
    { "", "uten slutt", "without End" },      { "", "vid sjön", "by the Lake" },
    { "", "i Tromsø", "in Tromsø" },          { "", "om natten", "at Night" },
    { "", "före regnet", "before the Rain" },
};
static const struct synth_phrase polish_head[] = {
    { "", "Cień", "Shadow" },     { "", "Ślady", "Traces" },  { "", "Dzień", "Day" },
    { "", "Łódź", "Boat" },       { "", "Pamięć", "Memory" }, { "", "Wąż", "Snake" },
    { "", "Sąsiad", "Neighbor" }, { "", "Ćma", "Moth" },
};
static const struct synth_phrase polish_tail[] = {
    { "", "na śniegu", "in the Snow" },       { "", "bez końca", "without End" },
    { "", "z Krakowa", "from Kraków" },       { "", "w ogrodzie", "in the Garden" },
    { "", "pod mostem", "under the Bridge" }, { "", "przed świtem", "before Dawn" },
};
static const struct synth_phrase japanese_head[] = {
    { "", "風の", "Wind" }, { "", "夜の", "Night" },  { "", "海の", "Sea" },
    { "", "雨の", "Rain" }, { "", "夏の", "Summer" }, { "", "猫の", "Cat" },
};
static const struct synth_phrase japanese_tail[] = {
    { "", "手紙", "Letter" }, { "", "電車", "Train" },  { "", "約束", "Promise" },
    { "", "食堂", "Diner" },  { "", "学校", "School" }, { "", "庭", "Garden" },
};
/* clang-format on */

const struct synth_language synth_language[SYNTH_N_LANGUAGES] = {
    LANGUAGE(french), LANGUAGE(spanish), LANGUAGE(german),
    LANGUAGE(nordic), LANGUAGE(polish),  LANGUAGE(japanese),
};

/* manual_prose.h - what mltui(1) says beside its tables, in mdoc. */
#ifndef MLT_UI_CLI_MANUAL_PROSE_H
#define MLT_UI_CLI_MANUAL_PROSE_H

extern const char manual_head[];     /* from NAME to DESCRIPTION */
extern const char manual_operands[]; /* OPERANDS: what DATA, RUN and FILTER are */
extern const char manual_output[];   /* OUTPUT */
extern const char manual_tail[];     /* ENVIRONMENT, FILES, EXIT STATUS */

#endif

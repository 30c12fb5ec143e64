/* unit.h - what the CUnit suites share. */
#ifndef MLT_TESTS_UNIT_H
#define MLT_TESTS_UNIT_H

#include <CUnit/CUnit.h>

/* Tests of what a build may lack. */
#ifdef HAVE_LIBARCHIVE
#define UNZIP_SUITES(X) \
    X(unzip)            \
    X(unzip_damage)
#else
#define UNZIP_SUITES(X)
#endif
#ifdef HAVE_FETCH
#define FETCH_SUITES(X) \
    X(download)         \
    X(download_faults)  \
    X(download_server)  \
    X(http_answer)      \
    X(md5file)
#else
#define FETCH_SUITES(X)
#endif

/* Tables of tests, one per module, ended by CU_TEST_INFO_NULL. */
#define SUITE_LIST(X)    \
    X(action)            \
    X(app)               \
    X(assemble)          \
    X(atomicfile)        \
    X(baseline)          \
    X(blas)              \
    X(callbacks)         \
    X(canvas)            \
    X(cpu)               \
    X(cpu_catchup)       \
    X(curves)            \
    X(dataset)           \
    X(desk)              \
    X(desk_run)          \
    X(device)            \
    X(device_threads)    \
    X(directions)        \
    X(diversity)         \
    X(err)               \
    X(fans)              \
    X(evaluate)          \
    X(events)            \
    X(exact)             \
    X(explain)           \
    X(field)             \
    X(filmfind)          \
    X(films)             \
    X(filter)            \
    X(fingerprint)       \
    X(fit)               \
    X(fit_golden)        \
    X(foldin)            \
    X(foldin_data)       \
    X(foldin_newton)     \
    X(foldin_prior)      \
    X(golden)            \
    X(gradients)         \
    X(ids)               \
    X(jsondoc)           \
    X(jsontext)          \
    X(keys)              \
    X(layout)            \
    X(likers)            \
    X(list)              \
    X(links)             \
    X(locate)            \
    X(lradvice)          \
    X(lrfind)            \
    X(lrfind_suggest)    \
    X(meanwhile)         \
    X(mem)               \
    X(ml_small)          \
    X(mine)              \
    X(model)             \
    X(modelcsv)          \
    X(modelfile)         \
    X(modelfile_faults)  \
    X(modelfile_refused) \
    X(moviecard)         \
    X(movies)            \
    X(naming)            \
    X(npz)               \
    X(oneuser)           \
    X(options)           \
    X(order)             \
    X(other_data)        \
    X(output)            \
    X(path)              \
    X(pathcomplete)      \
    X(picture)           \
    X(places)            \
    X(ownratings)        \
    X(panels)            \
    X(plan)              \
    X(planted)           \
    X(plot)              \
    X(pool)              \
    X(progress)          \
    X(rank)              \
    X(recommend)         \
    X(recommend_exact)   \
    X(records)           \
    X(reference)         \
    X(recorder)          \
    X(rejects)           \
    X(rng)               \
    X(rows)              \
    X(runconfig)         \
    X(runfolder)         \
    X(runfolder_damaged) \
    X(runfolder_faults)  \
    X(runs)              \
    X(ratingsfile)       \
    X(safetensors)       \
    X(sampler)           \
    X(sampler_chance)    \
    X(scatter)           \
    X(schedule)          \
    X(screens)           \
    X(script)            \
    X(session)           \
    X(session_faults)    \
    X(session_moments)   \
    X(session_rate)      \
    X(shortest)          \
    X(signals)           \
    X(similar)           \
    X(sink)              \
    X(sizes)             \
    X(smallest)          \
    X(smooth)            \
    X(source)            \
    X(split)             \
    X(strtab)            \
    X(summary)           \
    X(synth)             \
    X(synth_choose)      \
    X(synth_folder)      \
    X(synth_tables)      \
    X(synth_world)       \
    X(sysinfo)           \
    X(sysio)             \
    X(tags)              \
    X(text)              \
    X(titles)            \
    X(textplot)          \
    X(ticks)             \
    X(titlesearch)       \
    X(train_panel)       \
    X(traits)            \
    X(usercard)          \
    X(users)             \
    X(zip)               \
    UNZIP_SUITES(X)      \
    FETCH_SUITES(X)

#define X(name) extern CU_TestInfo tests_##name[];
SUITE_LIST(X)
#undef X

#endif

/* device.c - the registry of devices; see device.h. The only #ifdefs for devices. */
#include "config.h"

#include "src/device/device.h"

#include "src/device/cpu.h"
#include "src/device/cpu_reference.h"

#include <string.h>

const struct device_ops *const device_list[] = {
#ifdef CPU_X86
    &device_cpu_avx512,   &device_cpu_avx2,
#endif
    &device_cpu_portable, &device_cpu_reference, NULL,
};

static enum err_code
first_usable(const struct device_ops **ret, const char *name, struct err *err)
{
    const char *why = "none is built in";

    for (size_t i = 0; device_list[i] != NULL; i++)
        if (device_list[i]->probe(&why)) {
            *ret = device_list[i];
            return ERR_OK;
        }
    return err_set(err, ERR_UNAVAILABLE, "--device %s: no device is usable here: %s",
                   name, why);
}

enum err_code
device_find(const struct device_ops **ret, const char *name, struct err *err)
{
    const char *why = NULL;

    if (strcmp(name, "auto") == 0 || strcmp(name, "cpu") == 0)
        return first_usable(ret, name, err);
    for (size_t i = 0; device_list[i] != NULL; i++) {
        if (strcmp(device_list[i]->name, name) != 0)
            continue;
        if (!device_list[i]->probe(&why))
            return err_set(err, ERR_UNAVAILABLE, "--device %s cannot be used here: %s",
                           name, why);
        *ret = device_list[i];
        return ERR_OK;
    }
    return err_set(err, ERR_ARG,
                   "--device %s: no such device; 'mltui devices' lists them", name);
}

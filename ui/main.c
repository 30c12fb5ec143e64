/* main.c - makes the process sane, then picks the face. */
#include "config.h"

#include "ui/cli/command.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <unistd.h>

/*
 * Put something on standard descriptors that the caller closed, so that no file of ours
 * gets their numbers. Reading gives the end, writing fails as it did before.
 */
static int
open_standard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
            continue;
        if (open("/dev/null", fd < 2 ? O_RDONLY : O_WRONLY) != fd)
            return -1;
    }
    return 0;
}

int
main(int argc, char **argv)
{
    if (open_standard_descriptors() != 0)
        return 1;
    setlocale(LC_CTYPE, "");
    return command_main(argc, argv);
}

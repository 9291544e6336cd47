// A disk that is full, or read-only, for as long as $SALDO_DISK/full or $SALDO_DISK/read_only is there: whatever is written to
// files whose path begins with $SALDO_DISK_UNDER fails as such a disk fails it. Loaded with LD_PRELOAD.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_there(const char *name) {
    const char *folder = getenv("SALDO_DISK");
    char path[4096];
    if (!folder) return 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

static int is_under(const char *path) {
    const char *under = getenv("SALDO_DISK_UNDER");
    return under && strncmp(path, under, strlen(under)) == 0;
}

// The error of a write to this file now; 0: none.
static int fault_of(int fd) {
    char link[64], path[4096];
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    int fault = 0;
    if (length > 0) {
        path[length] = 0;
        if (is_under(path)) fault = is_there("full") ? ENOSPC : is_there("read_only") ? EROFS : 0;
    }
    errno = before;
    return fault;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL_ON(fd)              \
    int fault = fault_of(fd);    \
    if (fault) {                 \
        errno = fault;           \
        return -1;               \
    }

ssize_t write(int fd, const void *bytes, size_t count) {
    FAIL_ON(fd)
    return NEXT(write)(fd, bytes, count);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    FAIL_ON(fd)
    return NEXT(pwrite)(fd, bytes, count, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    FAIL_ON(fd)
    return NEXT(pwrite64)(fd, bytes, count, at);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    FAIL_ON(fd)
    return NEXT(pwritev)(fd, parts, count, at);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
    FAIL_ON(fd)
    return NEXT(pwritev64)(fd, parts, count, at);
}
int posix_fallocate(int fd, off_t at, off_t length) {
    int fault = fault_of(fd);
    return fault ? fault : NEXT(posix_fallocate)(fd, at, length);
}
int posix_fallocate64(int fd, off64_t at, off64_t length) {
    int fault = fault_of(fd);
    return fault ? fault : NEXT(posix_fallocate64)(fd, at, length);
}

#define OPEN(name)                                                                           \
    int name(const char *path, int flags, ...) {                                             \
        va_list rest;                                                                        \
        va_start(rest, flags);                                                               \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;              \
        va_end(rest);                                                                        \
        if ((flags & O_ACCMODE) != O_RDONLY && is_under(path) && is_there("read_only")) {    \
            errno = EROFS;                                                                   \
            return -1;                                                                       \
        }                                                                                    \
        return NEXT(name)(path, flags, mode);                                                \
    }
OPEN(open)
OPEN(open64)

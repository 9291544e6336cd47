/* A disk under a program (LD_PRELOAD): whatever the program does to files below SALDO_DISK_ROOT is done, and written down in
 * order in SALDO_DISK_LOG, so that a test can tell what a power cut at any moment would have left. A sync is written down
 * and not carried out: this disk is the log. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MADE = 1, WRITTEN, CUT, SYNCED, RENAMED, REMOVED };
enum { FILES_MAX = 65536, FILE_IS_OPEN = 1, FOLDER_IS_OPEN = 2, APPENDS = 4 };

struct head {
    uint32_t kind, name_length;
    uint64_t file, offset, length;
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *root;
static size_t root_length;
static int log_file = -1;
static unsigned char known[FILES_MAX];
static uint64_t inodes[FILES_MAX];

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);

static void begin(void) {
    real_open = dlsym(RTLD_NEXT, "open64");
    real_close = dlsym(RTLD_NEXT, "close");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_rename = dlsym(RTLD_NEXT, "rename");
    root = getenv("SALDO_DISK_ROOT");
    const char *log_path = getenv("SALDO_DISK_LOG");
    if (root == NULL || log_path == NULL) abort();
    root_length = strlen(root);
    log_file = real_open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_file < 0) abort();
}

static void enter(void) {
    pthread_once(&once, begin);
    pthread_mutex_lock(&turn);
}

static void leave(void) {
    int kept = errno;
    pthread_mutex_unlock(&turn);
    errno = kept;
}

/* The map that SQLite's processes share is no file of the disk: it is made anew. */
static int is_ours(const char *path) {
    size_t length = strlen(path);
    if (strncmp(path, root, root_length) != 0) return 0;
    return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

static void note(uint32_t kind, uint64_t file, uint64_t offset, const void *data, size_t length, const char *name) {
    struct head head = {kind, name == NULL ? 0 : strlen(name), file, offset, length};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)name, head.name_length}, {(void *)data, data == NULL ? 0 : length}};
    ssize_t whole = sizeof head + head.name_length + parts[2].iov_len;
    int kept = errno;
    if (writev(log_file, parts, 3) != whole) abort();
    errno = kept;
}

static int tracked(int file) { return file >= 0 && file < FILES_MAX ? known[file] : 0; }

static int open_here(const char *path, int flags, mode_t mode) {
    enter();
    int ours = is_ours(path), existed = ours && access(path, F_OK) == 0;
    int file = real_open(path, flags, mode);
    if (ours && file >= 0 && file < FILES_MAX) {
        struct stat found;
        if (fstat(file, &found) != 0) abort();
        known[file] = S_ISDIR(found.st_mode) ? FOLDER_IS_OPEN : FILE_IS_OPEN | (flags & O_APPEND ? APPENDS : 0);
        inodes[file] = found.st_ino;
        if (S_ISREG(found.st_mode) && !existed) note(MADE, found.st_ino, 0, NULL, 0, path);
        if (S_ISREG(found.st_mode) && existed && (flags & O_TRUNC)) note(CUT, found.st_ino, 0, NULL, 0, NULL);
    }
    leave();
    return file;
}

static mode_t mode_of(int flags, va_list more) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; }

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    return open_here(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    return open_here(path, flags, mode);
}

int close(int file) {
    enter();
    if (tracked(file)) known[file] = 0;
    int done = real_close(file);
    leave();
    return done;
}

ssize_t write(int file, const void *data, size_t length) {
    enter();
    off_t offset = 0;
    if (tracked(file) & FILE_IS_OPEN) offset = lseek(file, 0, known[file] & APPENDS ? SEEK_END : SEEK_CUR);
    ssize_t done = real_write(file, data, length);
    if (done > 0 && (tracked(file) & FILE_IS_OPEN)) note(WRITTEN, inodes[file], offset, data, done, NULL);
    leave();
    return done;
}

static ssize_t pwrite_here(int file, const void *data, size_t length, off_t offset) {
    enter();
    ssize_t done = real_pwrite(file, data, length, offset);
    if (done > 0 && (tracked(file) & FILE_IS_OPEN)) note(WRITTEN, inodes[file], offset, data, done, NULL);
    leave();
    return done;
}

ssize_t pwrite(int file, const void *data, size_t length, off_t offset) { return pwrite_here(file, data, length, offset); }
ssize_t pwrite64(int file, const void *data, size_t length, off64_t offset) { return pwrite_here(file, data, length, offset); }

static int ftruncate_here(int file, off_t length) {
    enter();
    int done = real_ftruncate(file, length);
    if (done == 0 && (tracked(file) & FILE_IS_OPEN)) note(CUT, inodes[file], length, NULL, 0, NULL);
    leave();
    return done;
}

int ftruncate(int file, off_t length) { return ftruncate_here(file, length); }
int ftruncate64(int file, off64_t length) { return ftruncate_here(file, length); }

static int sync_here(int file) {
    enter();
    int is = tracked(file), done = 0;
    if (is) note(SYNCED, is & FOLDER_IS_OPEN ? 0 : inodes[file], 0, NULL, 0, NULL);
    else done = real_fsync(file);
    leave();
    return done;
}

int fsync(int file) { return sync_here(file); }
int fdatasync(int file) { return sync_here(file); }

int unlink(const char *path) {
    enter();
    int done = real_unlink(path);
    if (done == 0 && is_ours(path)) note(REMOVED, 0, 0, NULL, 0, path);
    leave();
    return done;
}

int rename(const char *from, const char *to) {
    enter();
    int done = real_rename(from, to);
    if (done == 0 && is_ours(to)) note(RENAMED, 0, strlen(from), to, strlen(to), from);
    leave();
    return done;
}

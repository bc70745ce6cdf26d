/* Counts what a process does to the files of one folder, and at a chosen call kills it or answers as a failing disk.

   Loaded with LD_PRELOAD by tests/drills/runner.py, armed in a child after fork with drill_arm(). With a log every
   call is written down with its bytes, so that tests/drills/power.py can rebuild the folder as a power cut leaves it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OFF, COUNT, KILL_BEFORE, KILL_AFTER, KILL_TORN, FULL, BROKEN, READ_ONLY };
enum { WRITE = 'w', CUT = 't', SYNC = 's', MOVE = 'm', TAKE = 'u', MAKE = 'c', FOLDER = 'd', NO_FOLDER = 'r', LINK = 'l' };

static long *counted; /* shared with the children, so that the parent reads it after one was killed */
static char folder[4096];
static size_t folder_length;
static int mode;
static long at;
static int log_file = -1;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void start(void) {
    counted = mmap(NULL, sizeof *counted, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

long drill_counted(void) { return *counted; }

void drill_reset(void) { *counted = 0; }

void drill_arm(const char *below, int how, long number, const char *log) {
    snprintf(folder, sizeof folder, "%s", below);
    folder_length = strlen(folder);
    at = number;
    if (*log) {
        int raw = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        log_file = syscall(SYS_fcntl, raw, F_DUPFD_CLOEXEC, 500);
        syscall(SYS_close, raw);
    }
    mode = how;
}

static void die(void) {
    syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    for (;;) pause();
}

static int inside(const char *path) {
    return mode && !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]);
}

/* The path behind a descriptor; false where it is none of the folder's. */
static int of_fd(int fd, char *path, size_t size) {
    char link[64];
    if (!mode) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, size - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return inside(path);
}

/* The whole path of a name that is relative to a folder's descriptor. */
static int of_name(int base, const char *name, char *path, size_t size) {
    if (!mode || !name) return 0;
    if (name[0] == '/') {
        snprintf(path, size, "%s", name);
        return inside(path);
    }
    char link[64];
    if (base == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", base);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, size - 1);
    if (length < 0) return 0;
    snprintf(path + length, size - length, "/%s", name);
    return inside(path);
}

/* Count a call; kill before it, or set errno and return -1 where the disk answers so. `number` is the call's. */
static int ask(int kind, long *number) {
    *number = __sync_add_and_fetch(counted, 1);
    if (mode == KILL_BEFORE && *number == at) die();
    if (mode == FULL && *number >= at && (kind == WRITE || kind == MAKE || kind == FOLDER || kind == LINK)) {
        errno = ENOSPC;
        return -1;
    }
    if (mode == BROKEN && *number == at) {
        errno = EIO;
        return -1;
    }
    if (mode == READ_ONLY && *number >= at && kind != SYNC) {
        errno = EROFS;
        return -1;
    }
    return 0;
}

struct entry {
    uint8_t kind;
    uint8_t gap[3];
    uint32_t path, other;
    uint32_t gap_too;
    int64_t offset;
    uint64_t bytes;
};

static void tell(int kind, const char *path, const char *other, int64_t offset, const void *bytes, uint64_t count) {
    if (log_file < 0) return;
    struct entry head = {.kind = kind, .path = strlen(path), .other = strlen(other), .offset = offset, .bytes = count};
    struct iovec parts[4] = {
        {&head, sizeof head}, {(void *)path, head.path}, {(void *)other, head.other}, {(void *)bytes, count}};
    syscall(SYS_writev, log_file, parts, 4);
}

/* What every call ends with: written down if it worked, and the death that follows it. */
static void done(long number, int worked, int kind, const char *path, const char *other, int64_t offset,
                 const void *bytes, uint64_t count) {
    int kept = errno;
    if (worked) tell(kind, path, other, offset, bytes, count);
    if ((mode == KILL_AFTER || mode == KILL_TORN) && number == at) die();
    errno = kept;
}

static size_t torn(long number, size_t count) { return mode == KILL_TORN && number == at ? count / 2 : count; }

static int64_t place_of(int fd) {
    int flags = syscall(SYS_fcntl, fd, F_GETFL);
    struct stat found;
    if (flags & O_APPEND) return fstat(fd, &found) ? -1 : found.st_size;
    return syscall(SYS_lseek, fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    char path[4096];
    long number;
    if (fd == log_file || !of_fd(fd, path, sizeof path)) return syscall(SYS_write, fd, bytes, count);
    if (ask(WRITE, &number)) return -1;
    pthread_mutex_lock(&one);
    int64_t offset = place_of(fd);
    ssize_t wrote = syscall(SYS_write, fd, bytes, torn(number, count));
    done(number, wrote >= 0, WRITE, path, "", offset, bytes, wrote < 0 ? 0 : wrote);
    pthread_mutex_unlock(&one);
    return wrote;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    char path[4096];
    long number;
    if (!of_fd(fd, path, sizeof path)) return syscall(SYS_pwrite64, fd, bytes, count, offset);
    if (ask(WRITE, &number)) return -1;
    pthread_mutex_lock(&one);
    ssize_t wrote = syscall(SYS_pwrite64, fd, bytes, torn(number, count), offset);
    done(number, wrote >= 0, WRITE, path, "", offset, bytes, wrote < 0 ? 0 : wrote);
    pthread_mutex_unlock(&one);
    return wrote;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

/* These three are answered as "not here", so that the program falls back on write(), which is counted. */
ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) {
    char path[4096];
    if (!of_fd(out, path, sizeof path)) return syscall(SYS_sendfile, out, in, offset, count);
    errno = ENOTSOCK;
    return -1;
}

ssize_t sendfile(int out, int in, off_t *offset, size_t count) { return sendfile64(out, in, offset, count); }

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned flags) {
    char path[4096];
    if (!of_fd(out, path, sizeof path)) return syscall(SYS_copy_file_range, in, from, out, to, count, flags);
    errno = ENOSYS;
    return -1;
}

static int sync_as(long call, int fd) {
    char path[4096];
    long number;
    if (!of_fd(fd, path, sizeof path)) return syscall(call, fd);
    if (ask(SYNC, &number)) return -1;
    int answer = syscall(call, fd);
    done(number, !answer, SYNC, path, "", 0, "", 0);
    return answer;
}

int fsync(int fd) { return sync_as(SYS_fsync, fd); }

int fdatasync(int fd) { return sync_as(SYS_fdatasync, fd); }

int ftruncate64(int fd, off64_t length) {
    char path[4096];
    long number;
    if (!of_fd(fd, path, sizeof path)) return syscall(SYS_ftruncate, fd, length);
    if (ask(CUT, &number)) return -1;
    int answer = syscall(SYS_ftruncate, fd, length);
    done(number, !answer, CUT, path, "", length, "", 0);
    return answer;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    char path[4096], other[4096];
    long number;
    int here = of_name(to, new, other, sizeof other);
    if (!(of_name(from, old, path, sizeof path) || here)) return syscall(SYS_renameat2, from, old, to, new, flags);
    if (ask(MOVE, &number)) return -1;
    int answer = syscall(SYS_renameat2, from, old, to, new, flags);
    done(number, !answer, MOVE, path, other, 0, "", 0);
    return answer;
}

int renameat(int from, const char *old, int to, const char *new) { return renameat2(from, old, to, new, 0); }

int rename(const char *old, const char *new) { return renameat2(AT_FDCWD, old, AT_FDCWD, new, 0); }

int linkat(int from, const char *old, int to, const char *new, int flags) {
    char path[4096], other[4096];
    long number;
    int here = of_name(to, new, other, sizeof other);
    if (!(of_name(from, old, path, sizeof path) || here)) return syscall(SYS_linkat, from, old, to, new, flags);
    if (ask(LINK, &number)) return -1;
    int answer = syscall(SYS_linkat, from, old, to, new, flags);
    done(number, !answer, LINK, path, other, 0, "", 0);
    return answer;
}

int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

int unlinkat(int base, const char *name, int flags) {
    char path[4096];
    long number;
    if (!of_name(base, name, path, sizeof path)) return syscall(SYS_unlinkat, base, name, flags);
    int kind = flags & AT_REMOVEDIR ? NO_FOLDER : TAKE;
    if (ask(kind, &number)) return -1;
    int answer = syscall(SYS_unlinkat, base, name, flags);
    done(number, !answer, kind, path, "", 0, "", 0);
    return answer;
}

int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }

int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }

int mkdirat(int base, const char *name, mode_t rights) {
    char path[4096];
    long number;
    if (!of_name(base, name, path, sizeof path)) return syscall(SYS_mkdirat, base, name, rights);
    if (ask(FOLDER, &number)) return -1;
    int answer = syscall(SYS_mkdirat, base, name, rights);
    done(number, !answer, FOLDER, path, "", 0, "", 0);
    return answer;
}

int mkdir(const char *name, mode_t rights) { return mkdirat(AT_FDCWD, name, rights); }

static int open_as(int base, const char *name, int flags, mode_t rights) {
    char path[4096];
    long number;
    if (!of_name(base, name, path, sizeof path)) return syscall(SYS_openat, base, name, flags, rights);
    struct stat found;
    int is_there = !stat(path, &found);
    int makes = (flags & O_CREAT) && !is_there;
    int empties = (flags & O_TRUNC) && is_there && found.st_size;
    if (!makes && !empties) {
        if (mode == READ_ONLY && *counted >= at && (flags & O_ACCMODE) != O_RDONLY) {
            errno = EROFS;
            return -1;
        }
        return syscall(SYS_openat, base, name, flags, rights);
    }
    if (ask(makes ? MAKE : CUT, &number)) return -1;
    int fd = syscall(SYS_openat, base, name, flags, rights);
    done(number, fd >= 0, makes ? MAKE : CUT, path, "", 0, "", 0);
    return fd;
}

static mode_t rights_of(int flags, va_list more) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; }

#define OPEN(name)                                                   \
    int name(const char *path, int flags, ...) {                     \
        va_list more;                                                \
        va_start(more, flags);                                       \
        mode_t rights = rights_of(flags, more);                      \
        va_end(more);                                                \
        return open_as(AT_FDCWD, path, flags, rights);               \
    }
#define OPEN_AT(name)                                                \
    int name(int base, const char *path, int flags, ...) {           \
        va_list more;                                                \
        va_start(more, flags);                                       \
        mode_t rights = rights_of(flags, more);                      \
        va_end(more);                                                \
        return open_as(base, path, flags, rights);                   \
    }
OPEN(open)
OPEN(open64)
OPEN_AT(openat)
OPEN_AT(openat64)

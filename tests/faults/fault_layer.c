/* Stands between a program and its files (LD_PRELOAD), below the folder FAULT_FOLDER alone.

   Counts every call that changes something there (write, truncate, fsync, rename, unlink), from the moment that the
   program tries to open a file named FAULT_BEGIN. FAULT_KIND says what happens at call number FAULT_AT:
     kill  the process ends as by a pulled plug of the program (SIGKILL), before the call
     half  as kill, after half of a write
     full  from then on no write finds room (ENOSPC)
     bad   this one call fails (EIO)
   With FAULT_LOG every call is written down with its bytes, for images of the disk after a power cut.
   A process that was forked from one behind the layer calls fault_plan to be told the same again (forked.py). */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { MOST = 4096, SOCKET_LONG = 1024 };
static char *paths[MOST];
static const char *folder;
static char kind;
static long fault_at = -1, seen;
static int active, log_fd = -1, ready;

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static void prepare(void) {
    if (ready) return;
    ready = 1;
    folder = getenv("FAULT_FOLDER");
    const char *what = getenv("FAULT_KIND"), *at = getenv("FAULT_AT"), *log = getenv("FAULT_LOG");
    kind = what ? what[0] : 0;
    if (at) fault_at = atol(at);
    if (log) {
        int (*plain_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
        log_fd = plain_open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    }
}

/* Begin anew with what stands in the environment now. */
void fault_plan(void) {
    ready = active = 0;
    seen = 0;
    fault_at = log_fd = -1;
    prepare();
}

static ssize_t plain_write(int fd, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    return real(fd, data, size);
}

static const char *whole_name(const char *name, char *room, size_t size) {
    if (name[0] == '/') return name;
    if (!getcwd(room, size)) return name;
    strncat(room, "/", size - strlen(room) - 1);
    strncat(room, name, size - strlen(room) - 1);
    return room;
}

static int is_ours(const char *path) {
    prepare();
    return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static const char *ours(int fd) {
    prepare();
    return active && fd >= 0 && fd < MOST ? paths[fd] : NULL;
}

static void note(char type, const char *path, uint64_t place, const void *data, uint32_t size) {
    if (log_fd < 0) return;
    uint32_t length = strlen(path);
    plain_write(log_fd, &type, 1);
    plain_write(log_fd, &length, 4);
    plain_write(log_fd, path, length);
    plain_write(log_fd, &place, 8);
    plain_write(log_fd, &size, 4);
    if (size) plain_write(log_fd, data, size);
}

/* 0: go on. 1: fail with errno set. 2: write half, then die. */
static int next_call(int is_write) {
    long now = seen++;
    if (kind == 'f' && is_write && fault_at >= 0 && now >= fault_at) { errno = ENOSPC; return 1; }
    if (now != fault_at) return 0;
    if (kind == 'k' || (kind == 'h' && !is_write)) { kill(getpid(), SIGKILL); pause(); }
    if (kind == 'h') return 2;
    if (kind == 'b') { errno = EIO; return 1; }
    return 0;
}

/* What the operation tells stands for what a person saw: no fault strikes it. */
static int is_told(const char *path) {
    size_t length = strlen(path);
    return length >= 9 && strcmp(path + length - 9, "/told.log") == 0;
}

static void begin_if_asked(const char *name) {
    const char *base = strrchr(name, '/');
    if (strcmp(base ? base + 1 : name, "FAULT_BEGIN") == 0) active = 1;
}

static int remember(int fd, const char *name, int flags, int was_there) {
    char room[SOCKET_LONG];
    const char *path = whole_name(name, room, sizeof room);
    if (fd < 0 || fd >= MOST) return fd;
    free(paths[fd]);
    paths[fd] = is_ours(path) ? strdup(path) : NULL;
    if (paths[fd] && active && (flags & O_TRUNC || (flags & O_CREAT && !was_there))) note('T', path, 0, NULL, 0);
    return fd;
}

static int is_there(const char *name) {
    struct stat found;
    return stat(name, &found) == 0;
}

#define OPENING(called) \
    int called(const char *name, int flags, ...) { \
        REAL(int, #called, const char *, int, ...); \
        va_list more; va_start(more, flags); mode_t mode = va_arg(more, int); va_end(more); \
        prepare(); begin_if_asked(name); \
        int there = flags & O_CREAT ? is_there(name) : 1; \
        return remember(real(name, flags, mode), name, flags, there); \
    }
OPENING(open)
OPENING(open64)

#define OPENING_AT(called) \
    int called(int at, const char *name, int flags, ...) { \
        REAL(int, #called, int, const char *, int, ...); \
        va_list more; va_start(more, flags); mode_t mode = va_arg(more, int); va_end(more); \
        prepare(); begin_if_asked(name); \
        int there = flags & O_CREAT ? is_there(name) : 1; \
        int fd = real(at, name, flags, mode); \
        return at == AT_FDCWD || name[0] == '/' ? remember(fd, name, flags, there) : fd; \
    }
OPENING_AT(openat)
OPENING_AT(openat64)

int close(int fd) {
    REAL(int, "close", int);
    if (fd >= 0 && fd < MOST) { free(paths[fd]); paths[fd] = NULL; }
    return real(fd);
}

ssize_t write(int fd, const void *data, size_t size) {
    const char *path = ours(fd);
    if (!path) return plain_write(fd, data, size);
    int fault = is_told(path) ? 0 : next_call(1);
    if (fault == 1) return -1;
    if (fault == 2) { plain_write(fd, data, size / 2); kill(getpid(), SIGKILL); pause(); }
    off_t place = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    ssize_t done = plain_write(fd, data, size);
    if (done > 0) note('W', path, place, data, done);
    return done;
}

#define WRITING_AT(called, offset) \
    ssize_t called(int fd, const void *data, size_t size, offset place) { \
        REAL(ssize_t, #called, int, const void *, size_t, offset); \
        const char *path = ours(fd); \
        if (!path) return real(fd, data, size, place); \
        int fault = next_call(1); \
        if (fault == 1) return -1; \
        if (fault == 2) { real(fd, data, size / 2, place); kill(getpid(), SIGKILL); pause(); } \
        ssize_t done = real(fd, data, size, place); \
        if (done > 0) note('W', path, place, data, done); \
        return done; \
    }
WRITING_AT(pwrite, off_t)
WRITING_AT(pwrite64, off64_t)

#define CUTTING(called, offset) \
    int called(int fd, offset size) { \
        REAL(int, #called, int, offset); \
        const char *path = ours(fd); \
        if (path && next_call(0)) return -1; \
        int done = real(fd, size); \
        if (path && done == 0) note('T', path, size, NULL, 0); \
        return done; \
    }
CUTTING(ftruncate, off_t)
CUTTING(ftruncate64, off64_t)

#define SYNCING(called) \
    int called(int fd) { \
        REAL(int, #called, int); \
        const char *path = ours(fd); \
        if (path && next_call(0)) return -1; \
        int done = real(fd); \
        if (path && done == 0) note('S', path, 0, NULL, 0); \
        return done; \
    }
SYNCING(fsync)
SYNCING(fdatasync)

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    char room[SOCKET_LONG], other[SOCKET_LONG];
    const char *old = whole_name(from, room, sizeof room), *new = whole_name(to, other, sizeof other);
    int counted = is_ours(old) && active;
    if (counted && next_call(0)) return -1;
    int done = real(from, to);
    if (counted && done == 0) note('R', old, 0, new, strlen(new));
    return done;
}

int unlink(const char *name) {
    REAL(int, "unlink", const char *);
    char room[SOCKET_LONG];
    const char *path = whole_name(name, room, sizeof room);
    int counted = is_ours(path) && active && is_there(name);
    if (counted && next_call(0)) return -1;
    int done = real(name);
    if (counted && done == 0) note('U', path, 0, NULL, 0);
    return done;
}

/* Copies inside the kernel would pass unseen: the caller falls back to read and write. */
#define NOT_HERE(called, offset) \
    ssize_t called(int to, int from, offset *place, size_t size) { \
        REAL(ssize_t, #called, int, int, offset *, size_t); \
        if (ours(to)) { errno = EINVAL; return -1; } \
        return real(to, from, place, size); \
    }
NOT_HERE(sendfile, off_t)
NOT_HERE(sendfile64, off64_t)

ssize_t copy_file_range(int from, off64_t *a, int to, off64_t *b, size_t size, unsigned flags) {
    REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
    if (ours(to)) { errno = EINVAL; return -1; }
    return real(from, a, to, b, size, flags);
}

#ifndef RECONCILE_CSPAWN_H
#define RECONCILE_CSPAWN_H

#include <spawn.h>

/* What <spawn.h> shows to GNU sources only, and so not to Swift; glibc 2.26 and 2.34. */

enum { SPAWN_SETSID = 0x80 };

int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

#endif

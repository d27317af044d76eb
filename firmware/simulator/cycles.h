// SPDX-License-Identifier: GPL-3.0-or-later Time: one cycle is 1/16 microsecond of the simulated chip. Every part is a function of the
// cycle at which it is looked at, so that nothing needs an event per pixel and nothing is off by an event's delay.

#ifndef SIMULATOR_CYCLES_H
#define SIMULATOR_CYCLES_H

#include <stdint.h>

#define CYCLES_PER_SECOND 16000000ULL
#define CYCLES_PER_MS 16000ULL

typedef uint64_t cycle_t;

#endif

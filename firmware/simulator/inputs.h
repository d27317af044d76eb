// SPDX-License-Identifier: GPL-3.0-or-later
// The bell button, with bouncing contacts, and the motion sensor.

#ifndef SIMULATOR_INPUTS_H
#define SIMULATOR_INPUTS_H

#include <stdbool.h>

#include "cycles.h"

void inputs_press(cycle_t now, uint32_t held_ms);
void inputs_move(cycle_t now, uint32_t held_ms);
bool inputs_bell_closed(cycle_t at);
bool inputs_motion_high(cycle_t at);
// The first BELL after a press has begun to leave at that cycle.
void inputs_bell_sent(cycle_t at);
typedef struct {
    uint64_t presses, answered;
    cycle_t slowest;
} inputs_statistics_t;
extern inputs_statistics_t inputs_statistics;

#endif

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
// A frame that began at that cycle has ended at the other: the answer to the presses before it.
void inputs_frame_sent(cycle_t began, cycle_t ended);
typedef struct {
    uint64_t presses, answered;
    cycle_t slowest;
    uint64_t pictures; // presses whose first whole frame has ended, and how long that took
    cycle_t picture_least, picture_most, picture_sum;
} inputs_statistics_t;
extern inputs_statistics_t inputs_statistics;

#endif

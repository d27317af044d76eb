// SPDX-License-Identifier: GPL-3.0-or-later
// When within a byte of the sensor the program takes it: what the comments of capture_row.S count by hand is counted here.

#include <stdbool.h>

#include "camera.h"
#include "sampling.h"

sampling_statistics_t sampling_statistics;

static cycle_t previous;

static int64_t byte_length;

// A new length of the bytes is another mode: what was counted before says nothing about it.
static void begin_again_for(int64_t byte_cycles)
{
    if (byte_cycles == byte_length)
        return;
    byte_length = byte_cycles;
    sampling_statistics = (sampling_statistics_t){
        .least_distance = INT64_MAX, .least_after_rise = INT64_MAX, .most_after_rise = INT64_MIN, .least_before_change = INT64_MAX,
    };
}

static void note_phase(cycle_t at, int64_t after_rise, int64_t byte_cycles)
{
    int64_t left = byte_cycles / 2 - after_rise;
    if (after_rise < sampling_statistics.least_after_rise)
        sampling_statistics.least_after_rise = after_rise;
    if (after_rise > sampling_statistics.most_after_rise)
        sampling_statistics.most_after_rise = after_rise;
    if (left < sampling_statistics.least_before_change)
        sampling_statistics.least_before_change = left;
    previous = at;
}

void sampling_low_half(cycle_t at)
{
    int64_t after_rise, byte_cycles;
    cycle_t row_began;
    camera_phase(at, &row_began, &after_rise, &byte_cycles);
    begin_again_for(byte_cycles);
    if (previous >= row_began) { // the first of a row has none before it
        int64_t distance = (int64_t)(at - previous);
        if (distance < sampling_statistics.least_distance)
            sampling_statistics.least_distance = distance;
        if (distance > sampling_statistics.most_distance)
            sampling_statistics.most_distance = distance;
    }
    sampling_statistics.samples++;
    note_phase(at, after_rise, byte_cycles);
}

void sampling_high_half(cycle_t at)
{
    int64_t after_rise, byte_cycles;
    cycle_t row_began, low_half = previous;
    if (at != low_half + 1)
        return; // port D is also where the bell and the motion sensor are looked at
    camera_phase(at, &row_began, &after_rise, &byte_cycles);
    note_phase(at, after_rise, byte_cycles);
    previous = low_half;
}

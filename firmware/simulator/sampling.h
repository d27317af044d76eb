// SPDX-License-Identifier: GPL-3.0-or-later
// When the program takes a byte of the sensor, since bytes have had the length they have now.

#ifndef SIMULATOR_SAMPLING_H
#define SIMULATOR_SAMPLING_H

#include "cycles.h"

void sampling_low_half(cycle_t at);  // port C has been read, with what was on its pins at that cycle
void sampling_high_half(cycle_t at); // port D
typedef struct {
    uint64_t samples;
    int64_t least_distance, most_distance;      // from one sample of a row to the next, in cycles
    int64_t least_after_rise, most_after_rise;  // from the rise of PCLK
    int64_t least_before_change;                // to the end of the byte
} sampling_statistics_t;
extern sampling_statistics_t sampling_statistics;

#endif

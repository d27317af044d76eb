// What the sensor's test bars say: eight bars of known levels, so that each data line carries both levels and every mistake in a row's beginning shows.

#ifndef APP_BARS_H
#define APP_BARS_H

#include <stdbool.h> // bool
#include <stdint.h>  // fixed-width integers

#define BARS_COUNT 8
// A level may be off by so much: half the distance of two bars. The host allows the same.
#define BARS_TOLERANCE 12

typedef struct {
    bool right;                  // the middles of the bars have their levels
    bool begins_right;           // and so has the very first pixel: nothing stands before the picture
    uint16_t crc;                // over the middles of the bars, from left to right
    uint8_t ever_high, ever_low; // data lines, one bit each
} bars_t;

// Before the first row.
void bars_start(bars_t *bars);

// One row of gray, 00 stored as 01.
void bars_look(bars_t *bars, const uint8_t *pixels, uint16_t width);

#endif

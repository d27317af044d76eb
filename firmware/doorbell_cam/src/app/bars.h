// What the sensor's test bars say: eight bars of known levels, so that each data line carries both levels and every mistake in a row's
// beginning shows.

#ifndef APP_BARS_H
#define APP_BARS_H

#include <stdbool.h> // bool
#include <stdint.h>  // fixed-width integers

#define BARS_COUNT 8
// A level may be off by so much: half the distance of two bars. The host allows the same.
#define BARS_TOLERANCE 12

typedef struct {
    bool near;                   // the middles of the bars have their levels, or almost
    bool begins_right;           // and so has the very first pixel: nothing stands before the picture
    uint16_t crc;                // over the middles of the bars, from left to right
    uint8_t ever_high, ever_low; // data lines, one bit each
} bars_t;

// Before the first row.
void bars_start(bars_t *bars);

// One row of gray, 00 stored as 01.
void bars_look(bars_t *bars, const uint8_t *pixels, uint16_t width);

// The same row's every pixel, for the lines: where two bars meet there are levels between theirs, so that the lines of a sensor whose
// levels are all a little off move as well. Takes longer than there is between two rows.
void bars_look_at_lines(bars_t *bars, const uint8_t *pixels, uint16_t width);

// Data lines that were low, or high, in all that was looked at, one bit each. Without D0: 00 is stored as 01, and of a sensor whose levels
// are off by one, all others are even.
uint8_t bars_never_high(const bars_t *bars);
uint8_t bars_never_low(const bars_t *bars);

// The bars have their levels, and every data line has moved.
bool bars_are_right(const bars_t *bars);

#endif

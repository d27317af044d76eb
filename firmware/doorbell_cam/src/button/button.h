// Turns the bouncing level of a contact into presses. Pure: the level and the time come in, "now it was pressed" comes out.
// Used for the bell and, with other times, for the motion sensor.

#ifndef BUTTON_BUTTON_H
#define BUTTON_BUTTON_H

#include <stdbool.h> // bool
#include <stdint.h>  // uint16_t

typedef struct {
    uint16_t closed_ms, open_ms; // how long the level must last to count
    uint16_t since_ms;           // when the level last changed
    bool level, accepted;        // the last level seen; the level that counts
    uint16_t started_ms;
    bool held_since_start;       // closed at the start, and nobody has counted that press
} button_t;

// A contact that is closed at the start is a visitor's finger, and counts when it opens; or it is stuck: after this time it does not count,
// in milliseconds. A button that sticks does not ring for ever.
#define BUTTON_LONGEST_HELD_MS 30000

// counted: a press that goes on at the start has been counted before it.
void button_start(button_t *button, uint16_t closed_ms, uint16_t open_ms, bool closed, bool counted, uint16_t now_ms);

// To be called at least every few milliseconds. True once for every press. Times wrap; gaps between calls must stay below 30 s.
bool button_sample(button_t *button, bool closed, uint16_t now_ms);

#endif

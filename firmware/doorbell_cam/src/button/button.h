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
} button_t;

// A contact that is already closed at the start counts as pressed only after it has been open: a stuck button does not ring for ever.
void button_start(button_t *button, uint16_t closed_ms, uint16_t open_ms, bool closed, uint16_t now_ms);

// To be called at least every few milliseconds. True once for every press. Times wrap; gaps between calls must stay below 30 s.
bool button_sample(button_t *button, bool closed, uint16_t now_ms);

#endif

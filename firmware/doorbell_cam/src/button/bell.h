// Numbers the presses of the bell and says when the newest must be sent (again). Pure. A ring is never lost: it is due until acknowledged.

#ifndef BUTTON_BELL_H
#define BUTTON_BELL_H

#include <stdbool.h> // bool
#include <stdint.h>  // uint16_t

#define BELL_LAST_PRESS 16383

typedef struct {
    uint16_t press; // number of the newest press, 0: none yet
    uint16_t sent_ms;
    bool waiting; // not acknowledged
    bool sent;    // at least once
} bell_t;

// A press: it gets the next number.
void bell_press(bell_t *bell);

// The host has acknowledged a press by the low 4 bits of its number. Only the newest one is ever sent, so only that one counts.
void bell_acknowledge(bell_t *bell, uint8_t low_bits);

// Must BELL be sent now? At once after a press, then every repeat_ms. Says yes once per turn.
bool bell_is_due(bell_t *bell, uint16_t now_ms, uint16_t repeat_ms);

#endif

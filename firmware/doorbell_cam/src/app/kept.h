// What outlives a reset but not a power cut: the newest press and whether somebody has heard of it. Opening the serial port resets an Uno,
// and a ring that nobody has acknowledged yet must be told after it, under its old name.

#ifndef APP_KEPT_H
#define APP_KEPT_H

#include <stdbool.h> // bool
#include <stdint.h>  // fixed-width integers

typedef struct {
    uint16_t press; // number of the newest press
    uint8_t boot;   // the start that its name is of
    bool waiting;   // not acknowledged
    bool closed;    // the button was held, and that press has been counted
} kept_t;

// What was kept before this start. False: nothing, or the memory has lost it.
bool kept_read(kept_t *kept);

// Keeps it. Does nothing when it is kept already: cheap enough to be called at every turn.
void kept_write(const kept_t *kept);

#endif

// The serial rate, changed at the host's wish. The start's rate is one that every USB chip carries; the host asks for a faster one, listens
// there to packets that are for nothing else, and has it kept. A rate at which the device is not told to stay is left after a second.

#ifndef APP_RATE_H
#define APP_RATE_H

#include <stdbool.h> // bool
#include <stdint.h>  // fixed-width integers

#include "../capture/modes.h" // mode_rate_t

// So many packets are sent for the host to judge a rate by: 4 KB, longer than any USB chip can store.
#define RATE_TEST_PACKETS 32
// A rate on trial is left this long after the last command that was heard at it, in milliseconds.
#define RATE_TRIAL_MS 1000

void rate_start(mode_rate_t rate);
mode_rate_t rate_in_use(void);
uint32_t rate_bits_per_second(void);

// The host wants that rate; at the rate in use already, packets to judge it by. Done, and answered, by rate_serve.
void rate_ask(mode_rate_t rate);
// The host has heard enough at this rate.
void rate_keep(void);

// Nobody may be listening at this rate: what can wait, waits.
bool rate_is_on_trial(void);

// Answers, changes, sends one test packet, goes back. Not within a frame: its rows are timed for the rate that it began with.
void rate_serve(void);

#endif

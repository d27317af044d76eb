// What is wanted of the device: by the button, by the motion sensor, by the host. requests_poll must be called at least every few
// milliseconds in every state, and between any two rows; it reads the inputs, takes commands, answers them and sends BELL when it is due.
// It never takes longer than sending two short packets.

#ifndef APP_REQUESTS_H
#define APP_REQUESTS_H

#include <stdbool.h> // bool
#include <stdint.h>  // fixed-width integers

typedef enum { LIGHT_ALIVE, LIGHT_CAPTURING, LIGHT_FAULT } light_t;

typedef struct {
    bool stream, hello, status, restart;
    bool frame_under_way;               // its rows are timed for the serial rate that it began with
    uint8_t captures;                   // single frames asked for
    uint8_t bell_frames;                // left of the run that a press started
    bool motion_run;                    // frames go on after a movement
    uint8_t mode;
    bool test_bars;
    light_t light;
} requests_t;

// Counters of the STATUS packet; they stop at their highest value.
typedef struct {
    uint32_t frames, overruns, timeouts;
    uint16_t motion_triggers, commands_ignored;
    uint8_t checks_run, checks_passed;
} counters_t;

extern requests_t requests;
extern counters_t counters;

// True when the bell's contact is closed already: a visitor's finger, which rings when it lets go, or a stuck button.
bool requests_start(uint8_t boot);
void requests_poll(void);
// The same where milliseconds do not matter: serves the serial rate as well, though not while a frame is under way.
void requests_poll_at_leisure(void);
// The part of requests_poll that sends nothing: reads the bell and the motion sensor.
void requests_watch_inputs(void);
void requests_pause_ms(uint16_t duration_ms);

// The next frame's reason (enum link_trigger) and one less to go; 0: no frame is wanted.
uint8_t requests_take_frame(void);

// A frame with that reason has not become one: it is wanted again.
void requests_give_back(uint8_t trigger);

uint16_t requests_presses(void);
uint32_t requests_uptime_s(void);

#endif

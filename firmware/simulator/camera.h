// SPDX-License-Identifier: GPL-3.0-or-later
// The OV7670: registers, and the pins that follow from them, from XCLK and from the time.

#ifndef SIMULATOR_CAMERA_H
#define SIMULATOR_CAMERA_H

#include <stdbool.h>

#include "cycles.h"

typedef struct {
    bool vsync, href, pclk;
    uint8_t data;
} camera_pins_t;
camera_pins_t camera_pins(cycle_t at);
void camera_power_on(cycle_t now);
bool camera_answers(void);
// The sensor holds SDA low, as when a reset cut a read; nine clocks end that.
bool camera_holds_bus(void);
void camera_bus_clocked(void);
uint8_t camera_read_register(uint8_t address);
void camera_write_register(uint8_t address, uint8_t value, cycle_t now);
// XCLK has changed: cycles per period, 0 when it does not run.
void camera_set_clock(uint32_t cycles, cycle_t now);
// A fault has come or gone that stops or starts the clock.
void camera_faults_changed(cycle_t now);
// The next rise of HREF in this frame and its row; false: none is coming.
bool camera_next_row(cycle_t now, cycle_t *rises, int *row);
void camera_set_lamp(bool on);
void camera_set_light(uint32_t exposure_us); // how dark the scene is: the exposure time for a right picture
typedef struct {
    bool wrong_pid, no_clock, silent, unplugged, sda_stuck, no_pclk, no_href, no_vsync;
    uint8_t stuck_high, stuck_low, loose;
    uint8_t swapped[2]; // two data lines, as bits, that have changed places
} camera_faults_t;
extern camera_faults_t camera_faults;
// How this sensor differs from others of its kind, which is no fault: the edge offset of HREF (register HREF bits 7-6) at which its data
// begin with the first byte, for each scale (0 whole, 1 half, 2 a quarter).
typedef struct {
    int edge_offset[4];
} camera_quirks_t;
extern camera_quirks_t camera_quirks;
// Where in a byte of a row's pixels that cycle lies: since PCLK rose for it (negative: before), and how long it lasts.
void camera_phase(cycle_t at, cycle_t *row_began, int64_t *after_rise, int64_t *byte_cycles);
typedef struct {
    uint64_t frames, sccb_writes;
    cycle_t least_write_gap;
} camera_statistics_t;
extern camera_statistics_t camera_statistics;

#endif

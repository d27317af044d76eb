// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the simulator and what they tell each other. One cycle is 1/16 microsecond of the simulated chip; every part is a function of
// the cycle at which it is looked at, so that nothing needs an event per pixel and nothing is off by an event's delay.

#ifndef SIMULATOR_H
#define SIMULATOR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <simavr/sim_avr.h>

#define CYCLES_PER_SECOND 16000000ULL
#define CYCLES_PER_MS 16000ULL
#define ARRAY_WIDTH 640 // the sensor's picture before it is thinned out
#define ARRAY_HEIGHT 480

typedef uint64_t cycle_t;

// ---- machine.c: the chip, its registers taken over where simavr 1.6 is wrong or slow ----
void machine_start(const char *elf_path, const char *eeprom_path);
void machine_save_eeprom(void);
// Runs until that cycle. False: the program has crashed.
bool machine_run_until(cycle_t cycle);
void machine_reset(void); // the reset button, or a port being opened
cycle_t machine_cycle(void);
uint8_t machine_register(uint16_t address);
unsigned machine_deepest_stack(void); // bytes of stack ever used
void machine_set_input_latch(int cycles);
void machine_set_supply(int millivolts);
typedef struct {
    cycle_t least_slack, slack_sum;
    uint64_t rows_waited_for, rows_late;
    bool light;
} machine_statistics_t;
extern machine_statistics_t machine_statistics;

// ---- inputs.c: bell button (with bouncing contacts) and motion sensor ----
void inputs_press(cycle_t now, uint32_t held_ms);
void inputs_move(cycle_t now, uint32_t held_ms);
bool inputs_bell_closed(cycle_t at);
bool inputs_motion_high(cycle_t at);
// The first BELL after a press has begun to leave at that cycle.
void inputs_bell_sent(cycle_t at);
typedef struct {
    uint64_t presses, answered;
    cycle_t slowest;
} inputs_statistics_t;
extern inputs_statistics_t inputs_statistics;

// ---- camera.c: the OV7670 ----
typedef struct {
    bool vsync, href, pclk;
    uint8_t data;
} camera_pins_t;
camera_pins_t camera_pins(cycle_t at);
void camera_power_on(cycle_t now);
bool camera_answers(void);
uint8_t camera_read_register(uint8_t address);
void camera_write_register(uint8_t address, uint8_t value, cycle_t now);
void camera_clock_changed(cycle_t now);
// The next rise of HREF in this frame and its row; false: none is coming.
bool camera_next_row(cycle_t now, cycle_t *rises, int *row);
void camera_set_light(uint32_t exposure_us); // how dark the scene is: the exposure time for a right picture
typedef struct {
    bool wrong_pid, no_clock, silent, unplugged, no_pclk, no_href, no_vsync;
    uint8_t stuck_high, stuck_low, loose;
    uint8_t swapped[2]; // two data lines, as bits, that have changed places
} camera_faults_t;
extern camera_faults_t camera_faults;
// Where in a byte of a row's pixels that cycle lies: since PCLK rose for it (negative: before), and how long it lasts.
void camera_phase(cycle_t at, cycle_t *row_began, int64_t *after_rise, int64_t *byte_cycles);
typedef struct {
    uint64_t frames, sccb_writes;
    cycle_t least_write_gap;
} camera_statistics_t;
extern camera_statistics_t camera_statistics;

// ---- sampling.c: when the program takes a byte, since the clock divider was last written ----
void sampling_low_half(cycle_t at);  // port C has been read, with what was on its pins at that cycle
void sampling_high_half(cycle_t at); // port D
void sampling_forget(void);
typedef struct {
    uint64_t samples;
    int64_t least_distance, most_distance;      // from one sample of a row to the next, in cycles
    int64_t least_after_rise, most_after_rise;  // from the rise of PCLK
    int64_t least_before_change;                // to the end of the byte
} sampling_statistics_t;
extern sampling_statistics_t sampling_statistics;

// ---- scene.c: what the camera looks at ----
typedef struct {
    uint8_t y[ARRAY_HEIGHT][ARRAY_WIDTH], u[ARRAY_HEIGHT][ARRAY_WIDTH], v[ARRAY_HEIGHT][ARRAY_WIDTH];
} picture_t;
void scene_load(const char *path);   // PGM or PPM, any size
void scene_show(const char *path);   // from the next frame on
void scene_choose(int number, cycle_t now, uint32_t fade_ms);
int scene_count(void);
const picture_t *scene_at(cycle_t now);

// ---- serial.c: UART and the pseudo terminal ----
const char *serial_open(void);
void serial_write(uint8_t byte, cycle_t now);
uint8_t serial_status(cycle_t now); // UCSR0A's changing bits
uint8_t serial_read(cycle_t now);
void serial_receive(uint8_t byte, cycle_t now); // the host begins to send that byte
uint32_t serial_cycles_per_byte(void);
// Moves bytes between the pseudo terminal and the line. True: the host is far behind, the simulated time must wait for it.
bool serial_pump(cycle_t now, bool lossy);
bool serial_all_delivered(void);
typedef struct {
    bool cut;              // nothing arrives
    uint32_t damage_ppm;   // bytes that arrive with a flipped bit, per million
    uint32_t loss_ppm;     // bytes that do not arrive
} cable_faults_t;
extern cable_faults_t cable_faults;
typedef struct {
    uint64_t sent, overruns, received, receive_overruns, not_delivered, damaged, lost, frames_sent;
    cycle_t frame_interval; // between the last two FRAME_ENDs
} serial_statistics_t;
extern serial_statistics_t serial_statistics;

// ---- control.c: commands on standard input, or at given times ----
void control_line(const char *line, cycle_t now);
void control_read(cycle_t now);
void control_run_due(cycle_t now);
cycle_t control_next_due(void);
bool control_has_quit(void);
void control_print_statistics(cycle_t now);

// A user's mistake: says so and ends.
void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

#endif

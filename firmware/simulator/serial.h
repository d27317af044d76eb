// SPDX-License-Identifier: GPL-3.0-or-later
// The UART and the pseudo terminal.

#ifndef SIMULATOR_SERIAL_H
#define SIMULATOR_SERIAL_H

#include <stdbool.h>

#include "cycles.h"

const char *serial_open(void);
void serial_write(uint8_t byte, cycle_t now);
uint8_t serial_status(cycle_t now); // UCSR0A's changing bits
uint8_t serial_read(cycle_t now);
void serial_receive(uint8_t byte, cycle_t now); // the host begins to send that byte
void serial_set_speed(uint32_t cycles_per_byte);
uint32_t serial_cycles_per_byte(void);
// Is told when a packet has begun to leave: its type, and when.
extern void (*serial_packet_began)(uint8_t type, cycle_t at);
// Moves bytes between the pseudo terminal and the line. True: the host is far behind, the simulated time must wait for it.
bool serial_pump(cycle_t now, bool lossy);
bool serial_all_delivered(void);
// True once for each time that a host opens the terminal while no other has it: that pulls the reset line of an Uno. Asked for the first
// time, it begins to watch.
bool serial_was_opened(void);
typedef struct {
    bool cut;              // nothing arrives
    uint32_t damage_ppm;   // bytes that arrive with a flipped bit, per million
    uint32_t loss_ppm;     // bytes that do not arrive
    uint32_t lossy_above, lossy_ppm; // the USB chip loses so many at faster rates than this; 0: at none
    uint32_t deaf_above;   // it carries nothing at faster rates than this; 0: it carries all
} cable_faults_t;
extern cable_faults_t cable_faults;
typedef struct {
    uint64_t sent, overruns, received, receive_overruns, delivered, not_delivered, damaged, lost, frames_sent;
    cycle_t frame_interval; // between the last two FRAME_ENDs
} serial_statistics_t;
extern serial_statistics_t serial_statistics;

#endif

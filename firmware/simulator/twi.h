// SPDX-License-Identifier: GPL-3.0-or-later
// The two-wire unit with the sensor at its other end, as simavr's hooks on its registers.

#ifndef SIMULATOR_TWI_H
#define SIMULATOR_TWI_H

#include <simavr/sim_avr.h>

enum { TWBR = 0xB8, TWSR = 0xB9, TWDR = 0xBB, TWCR = 0xBC }; // data addresses

void twi_write_control(avr_t *a, avr_io_addr_t address, uint8_t value, void *unused);
uint8_t twi_read_control(avr_t *a, avr_io_addr_t address, void *unused);
uint8_t twi_read_status(avr_t *a, avr_io_addr_t address, void *unused);
void twi_let_go(bool free); // false: a line is low for good, and nothing ever comes to its end
void twi_reset(void); // nothing is under way, and the sensor is not selected

#endif

// SPDX-License-Identifier: GPL-3.0-or-later
// Voltages: the supply, how high the camera's lines and the control bus go, and the converter that measures them, as simavr's hooks on its
// registers.

#ifndef SIMULATOR_LEVELS_H
#define SIMULATOR_LEVELS_H

#include <stdbool.h>

#include <simavr/sim_avr.h>

enum { ADCL = 0x78, ADCH = 0x79, ADCSRA = 0x7A, ADMUX = 0x7C }; // data addresses
enum { SDA_PIN = 4, SCL_PIN = 5 };

void levels_set_supply(int millivolts);
// How high the camera's lines go. Below half the supply no input sees them.
void levels_set_high(int millivolts);
// Lines of the control bus (bit 0 SDA, bit 1 SCL) that no resistor pulls up, or that touch ground.
void levels_set_bus(uint8_t without_resistor, uint8_t at_ground);
void levels_set_bus_high(int millivolts); // what the bus's resistors go to

bool levels_camera_is_seen(void);
bool levels_bus_is_high(const avr_t *a, int pin);

void levels_write_converter(avr_t *a, avr_io_addr_t address, uint8_t value, void *unused);
uint8_t levels_read_converter(avr_t *a, avr_io_addr_t address, void *unused);

#endif

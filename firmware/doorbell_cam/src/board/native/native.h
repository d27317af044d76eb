// The PC as a board: what the tests put in and look at. Nothing here runs on the chip.

#ifndef BOARD_NATIVE_NATIVE_H
#define BOARD_NATIVE_NATIVE_H

#include <stdbool.h> // bool
#include <stddef.h>  // size_t
#include <stdint.h>  // fixed-width integers

// What link_output was given.
extern uint8_t native_sent[4096];
extern size_t native_sent_count;

extern uint16_t native_now_ms;
extern bool native_bell_closed, native_motion_active, native_light;
extern uint8_t native_eeprom[256];
extern uint8_t native_reset_cause;
extern uint32_t native_rate, native_noise;

// The sensor's registers, how often they were written, and whether it answers.
extern uint8_t native_sensor[256];
extern unsigned native_sensor_writes;
extern bool native_sensor_answers;

// The bytes that the sensor will put on its data lines in the next row.
extern const uint8_t *native_row;

// A command from the host, for the next board_receive.
void native_receive(uint8_t byte);

#endif

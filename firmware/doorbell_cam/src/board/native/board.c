// The PC in place of the chip, for the tests of the neutral code. See native.h.

#ifndef __AVR__

#include "../board.h"
#include "../../link/link.h" // link_output, supplied here
#include "native.h"

uint8_t native_sent[4096];
size_t native_sent_count;
uint16_t native_now_ms;
bool native_bell_closed, native_motion_active, native_light;
uint8_t native_eeprom[256];
uint8_t native_reset_cause;
uint32_t native_rate, native_noise;
uint8_t native_sensor[256];
unsigned native_sensor_writes;
bool native_sensor_answers = true;
const uint8_t *native_row;

static uint8_t received;
static bool has_received;

void native_receive(uint8_t byte)
{
    received = byte;
    has_received = true;
}

void link_output(uint8_t byte)
{
    if (native_sent_count < sizeof native_sent)
        native_sent[native_sent_count++] = byte;
}

bool board_receive(uint8_t *byte)
{
    if (!has_received)
        return false;
    has_received = false;
    *byte = received;
    return true;
}

// Time passes when somebody looks at it: a loop that waits ends.
uint16_t board_now_ms(void)
{
    return native_now_ms++;
}

uint16_t board_ticks(void)
{
    return (uint16_t)(board_now_ms() * 250);
}

uint32_t board_long_ticks(void)
{
    return board_now_ms() * 250U;
}

bool board_bell_closed(void)
{
    return native_bell_closed;
}

bool board_motion_active(void)
{
    return native_motion_active;
}

void board_light(bool on)
{
    native_light = on;
}

uint8_t board_reset_cause(void)
{
    return native_reset_cause;
}

void board_use_rate(uint32_t bits_per_second)
{
    native_rate = bits_per_second;
}

void board_flush(void)
{
}

uint32_t board_noise(void)
{
    return native_noise;
}

void board_sccb_free(void)
{
}

bool board_sccb_write(uint8_t address, uint8_t value)
{
    native_sensor[address] = value;
    native_sensor_writes++;
    return native_sensor_answers;
}

bool board_sccb_read(uint8_t address, uint8_t *value)
{
    *value = native_sensor[address];
    return native_sensor_answers;
}

uint8_t board_eeprom_read(uint8_t address)
{
    return native_eeprom[address];
}

void board_eeprom_write(uint8_t address, uint8_t value)
{
    native_eeprom[address] = value;
}

#else
typedef int native_board_is_not_for_the_chip;
#endif

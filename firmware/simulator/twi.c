// SPDX-License-Identifier: GPL-3.0-or-later

#include <string.h>

#include "camera.h"
#include "cycles.h"
#include "twi.h"

static struct {
    cycle_t done_at; // when TWINT comes; 0: nothing under way
    uint8_t status, data;
    bool selected, reading, has_address;
    uint8_t address;
    int bytes;
} twi;

static cycle_t bits_last(const avr_t *a, int bits)
{
    static const uint8_t powers[4] = {1, 4, 16, 64};
    return (cycle_t)bits * (16 + 2u * a->data[TWBR] * powers[a->data[TWSR] & 3]);
}

static void start_condition(void)
{
    // SCCB knows no repeated start: the sensor forgets the address that was written before it.
    twi.has_address = twi.has_address && twi.bytes == 0;
    twi.selected = false;
    twi.bytes = 0;
    twi.status = 0x08;
}

static void byte_passes(avr_t *a)
{
    uint8_t byte = a->data[TWDR];
    if (twi.status == 0x08) { // the bus address
        twi.selected = (byte >> 1) == 0x21 && camera_answers();
        twi.reading = byte & 1;
        twi.status = twi.selected ? (twi.reading ? 0x40 : 0x18) : (twi.reading ? 0x48 : 0x20);
        return;
    }
    if (!twi.selected) {
        twi.status = twi.reading ? 0x58 : 0x30;
        twi.data = 0xFF;
    } else if (twi.reading) {
        twi.data = twi.has_address ? camera_read_register(twi.address) : 0xFF;
        a->data[TWDR] = twi.data;
        twi.status = 0x58;
    } else {
        if (twi.bytes++ == 0) {
            twi.address = byte;
            twi.has_address = true;
        } else {
            camera_write_register(twi.address, byte, a->cycle);
        }
        twi.status = 0x28;
    }
}

static bool is_free = true;

void twi_let_go(bool free)
{
    is_free = free;
}

void twi_reset(void)
{
    memset(&twi, 0, sizeof twi);
}

void twi_write_control(avr_t *a, avr_io_addr_t address, uint8_t value, void *unused)
{
    (void)unused;
    enum { TWINT = 0x80, TWSTA = 0x20, TWSTO = 0x10, TWEN = 0x04 };
    a->data[address] = value & (uint8_t)~TWINT;
    twi.done_at = 0;
    if (!(value & TWEN) || !(value & TWINT) || camera_holds_bus() || !is_free)
        return;
    if (value & TWSTO) {
        twi.selected = false;
        twi.bytes = 0;
        a->data[address] &= (uint8_t)~TWSTO; // a stop takes less than a bit; nobody can tell
    } else if (value & TWSTA) {
        start_condition();
        twi.done_at = a->cycle + bits_last(a, 1);
    } else {
        byte_passes(a);
        twi.done_at = a->cycle + bits_last(a, 9);
    }
}

uint8_t twi_read_control(avr_t *a, avr_io_addr_t address, void *unused)
{
    (void)unused;
    uint8_t value = a->data[address];
    if (twi.done_at != 0 && a->cycle >= twi.done_at)
        value |= 0x80;
    return value;
}

uint8_t twi_read_status(avr_t *a, avr_io_addr_t address, void *unused)
{
    (void)unused;
    return (uint8_t)((a->data[address] & 3) | (twi.status & 0xF8));
}

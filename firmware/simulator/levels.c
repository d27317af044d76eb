// SPDX-License-Identifier: GPL-3.0-or-later

#include "camera.h"
#include "cycles.h"
#include "levels.h"
#include "twi.h"

enum { PORTC = 0x28 }; // data address
enum { FLOATING_MV = 300, BANDGAP_MV = 1100 };

static int supply_mv = 5000;
static int high_mv = 2800; // what the camera makes of a one: the usual module's own regulator
static uint8_t unpulled;   // lines of the control bus without a resistor: bit 0 SDA, bit 1 SCL
static uint8_t grounded;   // lines that touch ground
static int pulled_mv = 3300;
static cycle_t converted_at;

void levels_set_supply(int millivolts)
{
    supply_mv = millivolts;
}

void levels_set_high(int millivolts)
{
    high_mv = millivolts;
}

void levels_set_bus(uint8_t without_resistor, uint8_t at_ground)
{
    unpulled = without_resistor;
    grounded = at_ground;
    twi_let_go(!unpulled && !grounded);
}

void levels_set_bus_high(int millivolts)
{
    pulled_mv = millivolts;
}

// A line of the control bus at rest. The chip's own pull-up of some 35 kohm wins against nothing only.
static int bus_mv(const avr_t *a, int pin)
{
    uint8_t line = (uint8_t)(1u << (pin - SDA_PIN));
    if (grounded & line || (pin == SDA_PIN && camera_holds_bus()))
        return 0;
    if (!(unpulled & line))
        return pulled_mv;
    return a->data[PORTC] >> pin & 1 ? supply_mv : FLOATING_MV;
}

// Half the supply is where an input typically turns over.
bool levels_camera_is_seen(void)
{
    return 2 * high_mv >= supply_mv;
}

bool levels_bus_is_high(const avr_t *a, int pin)
{
    return 2 * bus_mv(a, pin) > supply_mv;
}

// ---- Converter: the bandgap, and the pins that the camera is on, against the supply ----

// In millivolts, at the moment at which a conversion begins.
static int analog_input(const avr_t *a)
{
    int channel = a->data[ADMUX] & 0x0F;
    if (channel == 0x0E)
        return BANDGAP_MV;
    if (channel < SDA_PIN)
        return camera_pins(a->cycle).data >> channel & 1 ? high_mv : 0;
    if (channel <= SCL_PIN)
        return bus_mv(a, channel);
    return (int)(a->cycle * 2654435761u >> 16 & 0x3FF); // nothing is there: noise
}

void levels_write_converter(avr_t *a, avr_io_addr_t address, uint8_t value, void *unused)
{
    (void)unused;
    if (value & 0x40) { // ADSC
        int result = analog_input(a) * 1024 / (supply_mv > 0 ? supply_mv : 1);
        if (result > 1023)
            result = 1023;
        if (a->data[ADMUX] & 0x20) // ADLAR
            result <<= 6;
        a->data[ADCL] = (uint8_t)result;
        a->data[ADCH] = (uint8_t)(result >> 8);
        converted_at = a->cycle + (13u << ((value & 7) == 0 ? 1 : value & 7));
    }
    a->data[address] = value;
}

uint8_t levels_read_converter(avr_t *a, avr_io_addr_t address, void *unused)
{
    (void)unused;
    if (a->data[address] & 0x40 && a->cycle >= converted_at)
        a->data[address] = (uint8_t)((a->data[address] & ~0x40) | 0x10);
    return a->data[address];
}

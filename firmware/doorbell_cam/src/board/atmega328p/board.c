// The chip's clocks, pins, health. See ../board.h for the contract.

#if defined(__AVR_ATmega328P__)

#include "../board.h"
#include "pins.h"          // pins
#include <avr/eeprom.h>    // EEPROM
#include <avr/interrupt.h> // cli
#include <avr/io.h>        // registers

#define TICKS_PER_MS 250
#define BANDGAP_MV 1100UL // 1.0 to 1.2 V from chip to chip (datasheet, V_BG): the supply is known to a tenth only
#define ADC_FULL 1024UL
#define ADMUX_SUPPLY_AS_REFERENCE (1 << REFS0)
#define ADMUX_BANDGAP 0x0E
#define ADC_DIVIDE_BY_128 (1 << ADPS2 | 1 << ADPS1 | 1 << ADPS0) // 125 kHz, the range in which the converter is exact
#define BANDGAP_CONVERSIONS 8 // the bandgap charges the converter's capacitor slowly: the first results are low

static uint16_t now_ms, last_tick, unspent_ticks, ticks_high;
static uint8_t reset_cause;

void board_uart_start(void);
void board_sccb_start(void);

void board_start(void)
{
    cli(); // for good: a row must not be interrupted, and nothing here needs an interrupt
    reset_cause = MCUSR & 0x0F;
    MCUSR = 0;

    DDRB = 1 << PIN_XCLK | 1 << PIN_LIGHT | 1 << PIN_LAMP;
    PORTB = 0;
    DDRC = 0;
    PORTC = 0; // the sensor's lines are 3.3 V: no pull-up to 5 V on them
    DDRD = 0;
    // The bell closes to ground. A motion sensor drives its line both ways; without one the pull-up keeps it still instead of picking up
    // the mains.
    PORTD = 1 << PIN_BELL | 1 << PIN_MOTION;

    TCCR1A = 0;
    TCCR1B = 1 << CS11 | 1 << CS10; // 16 MHz / 64: 4 us
    TIMSK0 = 0;                     // the Arduino core's millisecond interrupt
    ADCSRA = 0;
    board_uart_start();
    board_sccb_start();
}

void board_start_sensor_clock(void)
{
    // Toggling at every cycle of the timer's clear-on-compare with 0: half of 16 MHz, and in step with the program's own cycles.
    OCR2A = 0;
    TCNT2 = 0;
    TCCR2A = 1 << COM2A0 | 1 << WGM21;
    TCCR2B = 1 << CS20;
}

uint16_t board_ticks(void)
{
    return TCNT1;
}

uint16_t board_now_ms(void)
{
    uint16_t now = TCNT1;
    if (now < last_tick)
        ticks_high++;
    unspent_ticks = (uint16_t)(unspent_ticks + (uint16_t)(now - last_tick));
    last_tick = now;
    while (unspent_ticks >= TICKS_PER_MS) {
        unspent_ticks = (uint16_t)(unspent_ticks - TICKS_PER_MS);
        now_ms++;
    }
    return now_ms;
}

uint32_t board_long_ticks(void)
{
    board_now_ms();
    return (uint32_t)ticks_high << 16 | last_tick;
}

bool board_bell_closed(void)
{
    return !(PIND & 1 << PIN_BELL);
}

bool board_motion_active(void)
{
    return PIND & 1 << PIN_MOTION;
}

void board_light(bool on)
{
    if (on)
        PORTB |= 1 << PIN_LIGHT;
    else
        PORTB &= (uint8_t)~(1 << PIN_LIGHT);
}

void board_lamp(bool on)
{
    if (on)
        PORTB |= 1 << PIN_LAMP;
    else
        PORTB &= (uint8_t)~(1 << PIN_LAMP);
}

bool board_vsync(void)
{
    return PINB & 1 << PIN_VSYNC;
}

bool board_href(void)
{
    return PINB & 1 << PIN_HREF;
}

void board_trace(board_trace_t moment)
{
    GPIOR0 = (uint8_t)moment;
}

uint8_t board_reset_cause(void)
{
    return reset_cause;
}

uint16_t board_supply_mv(void)
{
    ADMUX = ADMUX_SUPPLY_AS_REFERENCE | ADMUX_BANDGAP;
    uint16_t result = 0;
    for (uint8_t i = 0; i < BANDGAP_CONVERSIONS; i++) {
        ADCSRA = 1 << ADEN | 1 << ADSC | ADC_DIVIDE_BY_128;
        uint16_t start = board_ticks();
        while (ADCSRA & 1 << ADSC) {
            if ((uint16_t)(board_ticks() - start) > TICKS_PER_MS)
                return 0;
        }
        result = ADC;
    }
    ADCSRA = 0; // the converter off again: it shares its pins with the data lines
    return result == 0 ? 0 : (uint16_t)(BANDGAP_MV * ADC_FULL / result);
}

uint8_t board_eeprom_read(uint8_t address)
{
    return eeprom_read_byte((const uint8_t *)(uintptr_t)address);
}

void board_eeprom_write(uint8_t address, uint8_t value)
{
    eeprom_update_byte((uint8_t *)(uintptr_t)address, value);
}

void board_restart(void)
{
    // A jump to the start, not the watchdog: the older bootloader on many Nanos never comes out of a watchdog reset.
    __asm__ __volatile__("jmp 0");
}

#endif

// The chip's clocks, pins, health. See ../board.h for the contract.

#if defined(__AVR_ATmega328P__)

#include "../board.h"
#include "pins.h"          // pins
#include <avr/eeprom.h>    // EEPROM
#include <avr/interrupt.h> // cli, sei, ISR
#include <avr/io.h>        // registers
#include <avr/wdt.h>       // wdt_reset

#define TICKS_PER_MS 250
#define BANDGAP_MV 1100UL // 1.0 to 1.2 V from chip to chip (datasheet, V_BG): the supply is known to a tenth only
#define ADC_FULL 1024UL
#define ADMUX_SUPPLY_AS_REFERENCE (1 << REFS0)
#define ADMUX_BANDGAP 0x0E
#define ADMUX_FLOATING 0x07 // an input that the Uno's chip has no pin for, and that nothing drives on a Nano
#define ADMUX_RESULT_LEFT (1 << ADLAR)
#define ADC_DIVIDE_BY_128 (1 << ADPS2 | 1 << ADPS1 | 1 << ADPS0) // 125 kHz, the range in which the converter is exact
#define ADC_DIVIDE_BY_4 (1 << ADPS1) // 4 MHz: 13 us a conversion are 3.3, at some percent's error
#define BANDGAP_CONVERSIONS 8 // the bandgap charges the converter's capacitor slowly: the first results are low

#define WATCHDOG_ONE_SECOND (1 << WDP2 | 1 << WDP1)
#define BITTEN 0xB17Eu

static uint16_t now_ms, last_tick, unspent_ticks, ticks_high;
static uint8_t reset_cause;
static uint16_t watchdog_mark BOARD_KEPT_OVER_RESETS;

void board_uart_start(void);
void board_sccb_start(void);

// The watchdog, as an interrupt: it never resets the chip, because the older bootloader on many Nanos does not come out of such a reset. No
// other interrupt is on, and this one never comes while all is well: no row is ever interrupted.
static void watch(void)
{
    wdt_reset();
    WDTCSR = 1 << WDCE | 1 << WDE; // the next write may change it, within four cycles
    WDTCSR = 1 << WDIE | WATCHDOG_ONE_SECOND;
    sei();
}

ISR(WDT_vect)
{
    watchdog_mark = BITTEN;
    board_restart();
}

void board_start(void)
{
    cli();
    reset_cause = MCUSR & 0x0F;
    MCUSR = 0;
    if (watchdog_mark == BITTEN && !(reset_cause & BOARD_RESET_BY_POWER_ON))
        reset_cause |= BOARD_RESET_BY_WATCHDOG;
    watchdog_mark = 0;

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
    watch();
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
        wdt_reset(); // here, and not in every loop that waits: a clock that stands still would keep the loop waiting
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

// One conversion; false: it does not end.
static bool convert(uint8_t divide)
{
    ADCSRA = (uint8_t)(1 << ADEN | 1 << ADSC | divide);
    uint16_t start = board_ticks();
    while (ADCSRA & 1 << ADSC) {
        if ((uint16_t)(board_ticks() - start) > TICKS_PER_MS)
            return false;
    }
    return true;
}

uint16_t board_supply_mv(void)
{
    ADMUX = ADMUX_SUPPLY_AS_REFERENCE | ADMUX_BANDGAP;
    uint16_t result = 0;
    for (uint8_t i = 0; i < BANDGAP_CONVERSIONS; i++) {
        if (!convert(ADC_DIVIDE_BY_128))
            return 0;
        result = ADC;
    }
    ADCSRA = 0; // the converter off again: it shares its pins with the data lines
    return result == 0 ? 0 : (uint16_t)(BANDGAP_MV * ADC_FULL / result);
}

static uint8_t percent(uint8_t of_255)
{
    return (uint8_t)((uint16_t)of_255 * 100 / 255);
}

uint8_t board_line_percent(uint8_t line, bool pulled_up)
{
    uint8_t bus = TWCR, two = 2, result = 255;
    TWCR = 0;
    if (pulled_up)
        PORTC |= (uint8_t)(1 << line);
    ADMUX = (uint8_t)(ADMUX_SUPPLY_AS_REFERENCE | ADMUX_RESULT_LEFT | line);
    while (two > 0 && convert(ADC_DIVIDE_BY_128)) { // the first still has the input before it in its capacitor
        result = percent(ADCH);
        two--;
    }
    PORTC &= (uint8_t)~(1 << line);
    ADCSRA = 0;
    TWCR = bus;
    return two > 0 ? 255 : result;
}

uint8_t board_highest_percent(uint8_t line, uint16_t ticks)
{
    uint8_t highest = 0;
    uint16_t start = board_ticks();
    ADMUX = (uint8_t)(ADMUX_SUPPLY_AS_REFERENCE | ADMUX_RESULT_LEFT | line);
    while ((uint16_t)(board_ticks() - start) < ticks && convert(ADC_DIVIDE_BY_4)) {
        uint8_t result = ADCH;
        if (result > highest)
            highest = result;
    }
    ADCSRA = 0;
    return percent(highest);
}

static uint32_t stir(uint32_t hash, uint8_t byte)
{
    return (hash ^ byte) * 16777619UL; // FNV-1a
}

uint32_t board_noise(void)
{
    uint32_t hash = 2166136261UL;
    for (const volatile uint8_t *cell = (const volatile uint8_t *)RAMSTART; cell <= (const volatile uint8_t *)RAMEND; cell += 2) // 7 ms
        hash = stir(hash, *cell);
    ADMUX = ADMUX_SUPPLY_AS_REFERENCE | ADMUX_FLOATING;
    for (uint8_t i = 0; i < 64 && convert(ADC_DIVIDE_BY_4); i++)
        hash = stir(hash, ADCL ^ ADCH);
    ADCSRA = 0;
    return hash;
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

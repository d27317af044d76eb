// SCCB, the sensor's control bus, on the chip's two-wire unit: like I2C at 100 kHz, but a read is two transactions with a stop between
// them (the sensor knows no repeated start), and the ninth bit of what is read is left high.

#if defined(__AVR_ATmega328P__)

#include "../board.h"
#include "pins.h"     // pins
#include <avr/io.h>   // registers
#include <util/delay.h> // _delay_us
#include <util/twi.h> // status codes

#define SENSOR_ADDRESS 0x21
#define CLOCK_HZ 100000UL
#define PATIENCE_TICKS 250 // 1 ms; a byte takes 0.1 ms

void board_sccb_start(void);

void board_sccb_start(void)
{
    TWSR = 0;
    TWBR = (F_CPU / CLOCK_HZ - 16) / 2;
    TWCR = 1 << TWEN;
}

// SCL once low and high again, 5 us each; nothing but the resistors pulls a line high.
static void pulse_clock(void)
{
    DDRC |= 1 << PIN_SCL;
    _delay_us(5);
    DDRC &= (uint8_t)~(1 << PIN_SCL);
    _delay_us(5);
}

void board_sccb_free(void)
{
    if (PINC & 1 << PIN_SDA)
        return;
    TWCR = 0;
    // Whatever bit the sensor is at, after nine clocks it has sent its byte and found no acknowledgement.
    for (uint8_t i = 0; i < 9 && !(PINC & 1 << PIN_SDA); i++)
        pulse_clock();
    // A stop: SDA rises while SCL is high.
    DDRC |= 1 << PIN_SDA;
    _delay_us(5);
    DDRC &= (uint8_t)~(1 << PIN_SDA);
    _delay_us(5);
    TWCR = 1 << TWEN;
}

// Does one step and tells whether it ended in the state expected.
static bool step(uint8_t control, uint8_t expected)
{
    TWCR = (uint8_t)(1 << TWINT | 1 << TWEN | control);
    uint16_t start = board_ticks();
    while (!(TWCR & 1 << TWINT)) {
        if ((uint16_t)(board_ticks() - start) > PATIENCE_TICKS)
            return false;
    }
    return TW_STATUS == expected;
}

static void stop(void)
{
    TWCR = 1 << TWINT | 1 << TWEN | 1 << TWSTO;
    uint16_t start = board_ticks();
    while (TWCR & 1 << TWSTO) {
        if ((uint16_t)(board_ticks() - start) > PATIENCE_TICKS) {
            TWCR = 0; // a line is held low: let go of the bus, so that the next attempt starts clean
            TWCR = 1 << TWEN;
            return;
        }
    }
}

static bool send(uint8_t byte, uint8_t expected)
{
    TWDR = byte;
    return step(0, expected);
}

bool board_sccb_write(uint8_t address, uint8_t value)
{
    bool done = step(1 << TWSTA, TW_START) && send(SENSOR_ADDRESS << 1, TW_MT_SLA_ACK) && send(address, TW_MT_DATA_ACK)
        && send(value, TW_MT_DATA_ACK);
    stop();
    return done;
}

bool board_sccb_read(uint8_t address, uint8_t *value)
{
    bool done = step(1 << TWSTA, TW_START) && send(SENSOR_ADDRESS << 1, TW_MT_SLA_ACK) && send(address, TW_MT_DATA_ACK);
    stop();
    if (!done)
        return false;
    done = step(1 << TWSTA, TW_START) && send(SENSOR_ADDRESS << 1 | TW_READ, TW_MR_SLA_ACK) && step(0, TW_MR_DATA_NACK);
    *value = TWDR;
    stop();
    return done;
}

#endif

// The serial line, polled. The chip holds two bytes each way: one moving, one waiting.

#if defined(__AVR_ATmega328P__)

#include "../../../config.h"  // LINK_BAUD
#include "../../link/link.h"  // link_output, supplied here
#include "../board.h"
#include <avr/io.h>           // registers
#include <util/crc16.h>       // _crc_ccitt_update: the link's CRC in 17 cycles

#define DIVIDER(rate) ((uint8_t)(F_CPU / 8 / (rate) - 1)) // double speed: 8 cycles are one step
#define SLOWEST_RATE 500000UL

void board_uart_start(void);

void board_uart_start(void)
{
    UCSR0A = 1 << U2X0 | 1 << TXC0;
    UBRR0H = 0;
    UBRR0L = DIVIDER(LINK_BAUD);
    UCSR0C = 1 << UCSZ01 | 1 << UCSZ00; // 8 data bits, no parity, 1 stop bit
    UCSR0B = 1 << TXEN0 | 1 << RXEN0;
}

void board_use_rate(uint32_t bits_per_second)
{
    UBRR0L = DIVIDER(bits_per_second);
}

static inline void put(uint8_t byte)
{
    while (!(UCSR0A & 1 << UDRE0)) {
    }
    UDR0 = byte;
}

void link_output(uint8_t byte)
{
    put(byte);
}

void board_send_stored(board_row_t *row)
{
    const uint8_t *read = row->read, *end = row->write;
    uint16_t crc = row->crc;
    while (read != end) {
        uint8_t byte = *read++;
#ifdef NEGATIVE_CONTROL
        UDR0 = byte; // deliberately broken: the wait for room is missing; a test proves that the tests notice
#else
        put(byte);
#endif
        crc = _crc_ccitt_update(crc, byte);
    }
    row->read = read;
    row->crc = crc;
}

void board_flush(void)
{
    // Two bytes may be on their way; the complete flag is not kept track of, so their time is waited for.
    uint16_t start = board_ticks();
    while ((uint16_t)(board_ticks() - start) < 30 * F_CPU / SLOWEST_RATE / BOARD_CYCLES_PER_TICK + 1) {
    }
}

bool board_receive(uint8_t *byte)
{
    uint8_t status = UCSR0A;
    if (!(status & 1 << RXC0))
        return false;
    uint8_t received = UDR0;
    if (status & (1 << FE0 | 1 << DOR0))
        received = 0xFF; // a damaged byte; FF has even parity but is no command: it is counted and ignored
    *byte = received;
    return true;
}

#endif

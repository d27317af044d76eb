// What the neutral code needs from a board. Two sets of files fulfil it: atmega328p/ (the real thing) and native/ (the PC, for the tests);
// each compiles to nothing on the other, so that the Arduino IDE, which compiles every file it finds, needs no settings.
//
// Nothing works by interrupts (the watchdog's, which starts the program again, is the only one): every wait is a loop that ends by itself,
// and whoever waits long calls requests_poll in it.

#ifndef BOARD_BOARD_H
#define BOARD_BOARD_H

#include <stdbool.h> // bool
#include <stdint.h>  // fixed-width integers

// Clocks, pins, serial line, button inputs; must be called first.
void board_start(void);

// Starts the sensor's clock: 8 MHz, half the chip's own.
void board_start_sensor_clock(void);

// Milliseconds since board_start, wrapping. There is no timer interrupt: it must be called at least every 200 ms to keep counting.
uint16_t board_now_ms(void);

// A free-running counter, 4 microseconds (64 cycles) a tick, for times below 0.25 s.
uint16_t board_ticks(void);
#define BOARD_CYCLES_PER_TICK 64
// The same counter with 32 bits: wraps after 4.7 hours. Counts on as board_now_ms does.
uint32_t board_long_ticks(void);

// Inputs and the light.
bool board_bell_closed(void);
bool board_motion_active(void);
void board_light(bool on);
void board_lamp(bool on); // for the visitor's face

// Serial line. Sending is link_output (link.h), which the board supplies. True and the byte when one has come.
bool board_receive(uint8_t *byte);
// Waits until the last byte has left the chip, whatever the rate.
void board_flush(void);
// 500,000, 1,000,000 or 2,000,000: the chip makes all three from its clock without any error.
void board_use_rate(uint32_t bits_per_second);

// The sensor's control bus (SCCB). False: no answer.
// A reset in the middle of a read leaves the sensor holding the bus; this frees it. The sensor's clock must run.
void board_sccb_free(void);
bool board_sccb_write(uint8_t address, uint8_t value);
bool board_sccb_read(uint8_t address, uint8_t *value);

// The sensor's timing signals.
bool board_vsync(void);
bool board_href(void);

// ---- Rows ----

typedef struct {
    uint8_t *write;      // where the next pixel byte goes
    const uint8_t *read; // the next byte to send; the header in front of the pixels has left already
    uint16_t crc;        // over everything sent so far
    uint16_t bytes;      // to store, an even number
    uint16_t wait_loops; // how long to wait for the row, in loops of BOARD_CYCLES_PER_WAIT_LOOP
} board_row_t;
#define BOARD_CYCLES_PER_WAIT_LOOP 10

// What is done with the samples of a row while it is captured.
typedef enum {
    BOARD_ROW_STORED,     // each is stored (00 as 01)
    BOARD_ROW_SENT,       // and in the time of two of them at most one stored byte goes to the serial line and into the CRC
    BOARD_ROW_COMPRESSED, // two gray pixels become one byte (link/dpcm.h); in the time of four at most one byte is sent
} board_row_kind_t;

typedef enum {
    BOARD_ROW_WHOLE = 0,
    BOARD_ROW_NO_HREF, // the row did not come in time
    BOARD_ROW_NO_PCLK, // HREF rose, but no pixel clock followed
    BOARD_ROW_CUT,     // HREF fell before the last pixel
} board_row_result_t;

// Waits for the row and takes a sample every sample_cycles cycles of the chip, counted from the row's first rise of PCLK.
board_row_result_t board_capture_row(board_row_t *row, uint8_t sample_cycles, board_row_kind_t kind);

// Sends what is stored and not sent yet.
void board_send_stored(board_row_t *row);

// Marks a moment for the simulator's statistics; costs one cycle on the chip.
typedef enum { BOARD_TRACE_BUSY = 0, BOARD_TRACE_WAITING_FOR_ROW = 1, BOARD_TRACE_SETUP = 2 } board_trace_t;
void board_trace(board_trace_t moment);

// ---- Health ----

// docs/protocol.md, reset cause.
uint8_t board_reset_cause(void);
#define BOARD_RESET_BY_POWER_ON 1
#define BOARD_RESET_BY_WATCHDOG 8
// Supply in millivolts; 0: could not be measured.
uint16_t board_supply_mv(void);
// The lines that lie on inputs of the converter: data lines 0 to 3 and the control bus.
enum board_line { BOARD_LINE_DATA0 = 0, BOARD_LINE_SDA = 4, BOARD_LINE_SCL = 5 };
// The voltage of a line at rest, in percent of the supply; with the chip's own weak pull-up, if that is wanted. 255: could not be measured.
uint8_t board_line_percent(uint8_t line, bool pulled_up);
// The highest of many quick looks, for lines that change all the time; takes that long, and is exact to some percent.
uint8_t board_highest_percent(uint8_t line, uint16_t ticks);
// Bits that nobody can foretell: what the memory held when the power came, and the converter's noise.
uint32_t board_noise(void);
uint8_t board_eeprom_read(uint8_t address);
void board_eeprom_write(uint8_t address, uint8_t value);
// Starts the program again. Does not return on the chip. So does the watchdog, when the clock has stood still or nobody has looked at it
// for a second: then the reset cause says so.
void board_restart(void);

// Memory that a start leaves as it is: the compiler clears all other.
#ifdef __AVR__
#define BOARD_KEPT_OVER_RESETS __attribute__((section(".noinit")))
#else
#define BOARD_KEPT_OVER_RESETS
#endif

// Constant tables live in flash, which the chip does not read like memory.
#ifdef __AVR__
#include <avr/pgmspace.h> // PROGMEM
#define BOARD_FLASH PROGMEM
#define board_flash_byte(address) pgm_read_byte(address)
#define board_flash_word(address) pgm_read_word(address)
#else
#define BOARD_FLASH
#define board_flash_byte(address) (*(const uint8_t *)(address))
#define board_flash_word(address) (*(const uint16_t *)(address))
#endif

#endif

// SPDX-License-Identifier: GPL-3.0-or-later The ATmega328P. simavr executes the instructions; the peripherals that the sketch uses are
// taken over here, because simavr 1.6 counts 11 bits a byte on the serial line, hides transmit overruns, loses UDRE and TWINT, and needs an
// event for every edge of XCLK. Each register below behaves as the ATmega328P's datasheet says, as far as a polling program can see; their
// interrupts are not supported and not used by the sketch. The watchdog and its interrupt are simavr's own.

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <simavr/avr_eeprom.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>

#include "camera.h"
#include "fail.h"
#include "inputs.h"
#include "levels.h"
#include "machine.h"
#include "sampling.h"
#include "serial.h"
#include "twi.h"

enum { // data addresses
    PINB = 0x23, DDRB, PORTB, PINC, DDRC, PORTC, PIND, DDRD, PORTD,
    GPIOR0 = 0x3E, TCCR0B = 0x45, MCUSR = 0x54, TCCR1B = 0x81,
    TCNT1L = 0x84, TCNT1H = 0x85,
    TCCR2A = 0xB0, TCCR2B = 0xB1, OCR2A = 0xB3,
    UCSR0A = 0xC0, UCSR0B = 0xC1, UBRR0L = 0xC4, UBRR0H = 0xC5, UDR0 = 0xC6,
};
enum { TXEN = 0x08, U2X = 0x02, XCLK_PIN = 3 };
enum { BELL_PIN = 2, MOTION_PIN = 3, LAMP_PIN = 4, LIGHT_PIN = 5, VSYNC_PIN = 1, HREF_PIN = 2, PCLK_PIN = 0 };
#define EEPROM_BYTES 1024
#define SRAM_FIRST 0x100
#define SRAM_LAST 0x8FF
#define UNTOUCHED 0xA5 // what the SRAM is filled with at the start, to see later how deep the stack went
#define UNTOUCHED_RUN 64

machine_statistics_t machine_statistics = {.least_slack = UINT64_MAX};
static avr_t *avr;
static const char *eeprom_file;
static cycle_t stopped_at, stopped_until, stopped_before; // timer 1 stands still; how long it has stood altogether
// An input passes a latch: what is read is 0.5 to 1.5 cycles old (datasheet, "Reading the Pin Value").
static cycle_t input_latch_cycles = 1;

void machine_set_input_latch(int cycles)
{
    input_latch_cycles = (cycle_t)cycles;
}

cycle_t machine_cycle(void)
{
    return avr->cycle;
}

void machine_stop_timer(uint32_t duration_ms)
{
    stopped_at = avr->cycle;
    stopped_until = stopped_at + duration_ms * CYCLES_PER_MS;
}

// ---- Ports ----

static uint8_t read_pins(avr_t *a, avr_io_addr_t pin_address, void *unused)
{
    (void)unused;
    cycle_t at = a->cycle > input_latch_cycles ? a->cycle - input_latch_cycles : 0;
    camera_pins_t camera = camera_pins(at);
    uint8_t outside = 0;
    if (!levels_camera_is_seen())
        camera = (camera_pins_t){0};
    if (camera.href && pin_address == PINC)
        sampling_low_half(at);
    else if (camera.href && pin_address == PIND)
        sampling_high_half(at);
    if (pin_address == PINB)
        outside = (uint8_t)(camera.pclk << PCLK_PIN | camera.vsync << VSYNC_PIN | camera.href << HREF_PIN);
    else if (pin_address == PINC)
        outside = (uint8_t)((camera.data & 0x0F) | levels_bus_is_high(a, SDA_PIN) << SDA_PIN | levels_bus_is_high(a, SCL_PIN) << SCL_PIN);
    else
        outside = (uint8_t)((camera.data & 0xF0) | !inputs_bell_closed(at) << BELL_PIN | inputs_motion_high(at) << MOTION_PIN);
    uint8_t direction = a->data[pin_address + 1], output = a->data[pin_address + 2];
    return (uint8_t)((outside & ~direction) | (output & direction));
}

static void write_port_b(avr_t *a, avr_io_addr_t address, uint8_t value, void *unused)
{
    (void)unused;
    a->data[address] = value;
    bool lamp = value >> LAMP_PIN & 1;
    if (lamp != machine_statistics.lamp) {
        machine_statistics.lamp = lamp;
        camera_set_lamp(lamp);
        printf("lamp %s %.3f\n", lamp ? "on" : "off", (double)a->cycle / CYCLES_PER_MS);
        fflush(stdout);
    }
    bool light = value >> LIGHT_PIN & 1;
    if (light == machine_statistics.light)
        return;
    machine_statistics.light = light;
    printf("light %s %.3f\n", light ? "on" : "off", (double)a->cycle / CYCLES_PER_MS);
    fflush(stdout);
}

static void write_direction_c(avr_t *a, avr_io_addr_t address, uint8_t value, void *unused)
{
    (void)unused;
    bool clock_rises = (a->data[address] & ~value) >> SCL_PIN & 1;
    a->data[address] = value;
    if (clock_rises)
        camera_bus_clocked();
}

static void store(avr_t *a, avr_io_addr_t address, uint8_t value, void *unused)
{
    (void)unused;
    a->data[address] = value;
}

// XCLK is timer 2 toggling D11.
static void tell_sensor_clock(avr_t *a)
{
    bool toggles = (a->data[TCCR2A] & 0xC0) == 0x40 && (a->data[TCCR2A] & 0x03) == 0x02, undivided = (a->data[TCCR2B] & 0x07) == 1;
    bool output = a->data[DDRB] >> XCLK_PIN & 1;
    camera_set_clock(toggles && undivided && output ? 2u * (a->data[OCR2A] + 1u) : 0, a->cycle);
}

static void write_sensor_clock(avr_t *a, avr_io_addr_t address, uint8_t value, void *unused)
{
    (void)unused;
    a->data[address] = value;
    tell_sensor_clock(a);
}

// ---- Timer 1: a counter that is read ----

static uint8_t timer_high;

static uint8_t read_timer_low(avr_t *a, avr_io_addr_t address, void *unused)
{
    (void)address, (void)unused;
    static const uint16_t dividers[8] = {0, 1, 8, 64, 256, 1024, 0, 0};
    uint16_t divider = dividers[a->data[TCCR1B] & 7];
    cycle_t now = a->cycle;
    if (stopped_until != 0 && now >= stopped_until) {
        stopped_before += stopped_until - stopped_at;
        stopped_until = 0;
    }
    now = (stopped_until != 0 ? stopped_at : now) - stopped_before;
    uint16_t count = divider == 0 ? 0 : (uint16_t)(now / divider);
    timer_high = (uint8_t)(count >> 8);
    return (uint8_t)count;
}

static uint8_t read_timer_high(avr_t *a, avr_io_addr_t address, void *unused)
{
    (void)a, (void)address, (void)unused;
    return timer_high;
}

// ---- Serial line ----

static void write_serial_setting(avr_t *a, avr_io_addr_t address, uint8_t value, void *unused)
{
    (void)unused;
    a->data[address] = value;
    uint32_t divider = a->data[UBRR0L] | (a->data[UBRR0H] & 0x0Fu) << 8;
    uint32_t cycles = (divider + 1) * (a->data[UCSR0A] & U2X ? 8 : 16) * 10;
    if (address == UBRR0L && cycles != serial_cycles_per_byte()) {
        printf("baud %llu %.3f\n", (unsigned long long)(CYCLES_PER_SECOND * 10 / cycles), (double)a->cycle / CYCLES_PER_MS);
        fflush(stdout);
    }
    serial_set_speed(cycles);
}

static void write_serial(avr_t *a, avr_io_addr_t address, uint8_t value, void *unused)
{
    (void)address, (void)unused;
    if (a->data[UCSR0B] & TXEN)
        serial_write(value, a->cycle);
}

static uint8_t read_serial(avr_t *a, avr_io_addr_t address, void *unused)
{
    (void)address, (void)unused;
    return serial_read(a->cycle);
}

static uint8_t read_serial_status(avr_t *a, avr_io_addr_t address, void *unused)
{
    (void)unused;
    return (uint8_t)((a->data[address] & 0x03) | serial_status(a->cycle));
}

// ---- The sketch's marks (board_trace): how long it waited for each row, or that it came too late ----

static void write_mark(avr_t *a, avr_io_addr_t address, uint8_t value, void *unused)
{
    (void)unused;
    a->data[address] = value;
    if (value != 1)
        return;
    cycle_t now = a->cycle, rises;
    int row;
    if (camera_pins(now).href)
        machine_statistics.rows_late++;
    if (!camera_next_row(now, &rises, &row) || row == 0)
        return; // the first row of a frame is waited for long; the others tell how tight it is
    machine_statistics.rows_waited_for++;
    machine_statistics.slack_sum += rises - now;
    if (rises - now < machine_statistics.least_slack)
        machine_statistics.least_slack = rises - now;
}

// ---- Start ----

static void on_read(avr_io_addr_t address, avr_io_read_t handler)
{
    avr->io[AVR_DATA_TO_IO(address)].r.c = handler;
    avr->io[AVR_DATA_TO_IO(address)].r.param = NULL;
}

static void on_write(avr_io_addr_t address, avr_io_write_t handler)
{
    avr->io[AVR_DATA_TO_IO(address)].w.c = handler;
    avr->io[AVR_DATA_TO_IO(address)].w.param = NULL;
}

static void take_over(void)
{
    on_read(PINB, read_pins);
    on_read(PINC, read_pins);
    on_read(PIND, read_pins);
    on_write(PORTB, write_port_b);
    on_write(DDRB, write_sensor_clock);
    on_write(DDRC, write_direction_c);
    on_write(TCCR0B, store); // the Arduino core starts it for millis(); nothing reads it
    on_write(TCCR2A, write_sensor_clock);
    on_write(TCCR2B, write_sensor_clock);
    on_write(OCR2A, write_sensor_clock);
    on_write(TCCR1B, store);
    on_read(TCNT1L, read_timer_low);
    on_read(TCNT1H, read_timer_high);
    on_write(ADCSRA, levels_write_converter);
    on_read(ADCSRA, levels_read_converter);
    on_write(ADMUX, store);
    on_write(TWCR, twi_write_control);
    on_read(TWCR, twi_read_control);
    on_write(TWDR, store);
    on_read(TWSR, twi_read_status);
    for (avr_io_addr_t address = UCSR0A; address < UDR0; address++)
        on_write(address, write_serial_setting);
    on_read(UCSR0A, read_serial_status);
    on_write(UDR0, write_serial);
    on_read(UDR0, read_serial);
    on_write(GPIOR0, write_mark);
}

static void load_eeprom(void)
{
    static uint8_t bytes[EEPROM_BYTES];
    memset(bytes, 0xFF, sizeof bytes);
    FILE *file = eeprom_file != NULL ? fopen(eeprom_file, "rb") : NULL;
    if (file != NULL) {
        if (fread(bytes, 1, sizeof bytes, file) == 0)
            memset(bytes, 0xFF, sizeof bytes);
        fclose(file);
    }
    avr_eeprom_desc_t whole = {.ee = bytes, .offset = 0, .size = sizeof bytes};
    avr_ioctl(avr, AVR_IOCTL_EEPROM_SET, &whole);
}

void machine_save_eeprom(void)
{
    if (eeprom_file == NULL)
        return;
    avr_eeprom_desc_t whole = {.ee = NULL, .offset = 0, .size = EEPROM_BYTES};
    avr_ioctl(avr, AVR_IOCTL_EEPROM_GET, &whole);
    FILE *file = fopen(eeprom_file, "wb");
    if (file == NULL)
        fail("cannot write the EEPROM file %s", eeprom_file);
    fwrite(whole.ee, 1, EEPROM_BYTES, file);
    fclose(file);
}

// simavr's own messages go to standard output, where the answers of this program belong.
static void log_errors_only(avr_t *a, const int level, const char *format, va_list arguments)
{
    (void)a;
    if (level <= LOG_ERROR)
        vfprintf(stderr, format, arguments);
}

void machine_start(const char *elf_path, const char *eeprom_path)
{
    avr_global_logger_set(log_errors_only);
    elf_firmware_t firmware;
    memset(&firmware, 0, sizeof firmware);
    if (elf_read_firmware(elf_path, &firmware) != 0)
        fail("cannot read the program %s; build it with `make -C firmware`", elf_path);
    avr = avr_make_mcu_by_name("atmega328p");
    if (avr == NULL)
        fail("this libsimavr knows no atmega328p");
    avr_init(avr);
    avr->log = LOG_ERROR;
    avr_load_firmware(avr, &firmware);
    avr->frequency = CYCLES_PER_SECOND;
    eeprom_file = eeprom_path;
    load_eeprom();
    take_over();
    memset(avr->data + SRAM_FIRST, UNTOUCHED, SRAM_LAST - SRAM_FIRST + 1);
    avr->data[MCUSR] = 0x01; // power on
    camera_power_on(0);
}

static cycle_t boot_loader_until;

void machine_reset(uint32_t boot_loader_ms)
{
    static uint8_t memory[SRAM_LAST - SRAM_FIRST + 1];
    memcpy(memory, avr->data + SRAM_FIRST, sizeof memory);
    avr_reset(avr);
    memcpy(avr->data + SRAM_FIRST, memory, sizeof memory); // a reset leaves the memory as it is; simavr clears it
    boot_loader_until = avr->cycle + boot_loader_ms * CYCLES_PER_MS;
    twi_reset();
    avr->data[MCUSR] = 0x02; // reset pin
    tell_sensor_clock(avr);
}

unsigned machine_deepest_stack(void)
{
    unsigned run = 0, address = SRAM_LAST;
    for (; address > SRAM_FIRST && run < UNTOUCHED_RUN; address--)
        run = avr->data[address] == UNTOUCHED ? run + 1 : 0;
    return SRAM_LAST - address - run;
}

bool machine_run_until(cycle_t cycle)
{
    if (avr->cycle < boot_loader_until)
        avr->cycle = boot_loader_until < cycle ? boot_loader_until : cycle;
    while (avr->cycle < cycle) {
        int state = avr_run(avr);
        if (state == cpu_Done || state == cpu_Crashed)
            return false;
    }
    return true;
}

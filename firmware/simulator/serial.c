// SPDX-License-Identifier: GPL-3.0-or-later
// The UART with its two bytes of room in each direction, 10 bits a byte, and behind it the cable and a pseudo terminal.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <termios.h>
#include <unistd.h>

#include "fail.h"
#include "serial.h"

#define RING_BYTES (1u << 20)
#define FAR_BEHIND (64u << 10) // the simulated time waits when the host has left this much unread
#define INBOX_BYTES 256
enum { RXC = 0x80, UDRE = 0x20, DOR = 0x08 };
enum { FRAME_END_TYPE = 0x84 };

cable_faults_t cable_faults;
serial_statistics_t serial_statistics;
void (*serial_packet_began)(uint8_t type, cycle_t at);

static uint32_t cycles_per_byte = 160;
static int terminal = -1;
static uint8_t ring[RING_BYTES];
static uint32_t ring_written, ring_read;
static cycle_t room_at, shifted_at; // when the holding register is free; when the shift register is
static uint8_t previous_sent;
static cycle_t frame_ended_at;
static struct { uint8_t byte; cycle_t arrives; } inbox[INBOX_BYTES];
static uint32_t inbox_written, inbox_read;
static cycle_t line_free_at;
static bool receive_overrun;

void serial_set_speed(uint32_t new_cycles_per_byte)
{
    cycles_per_byte = new_cycles_per_byte;
}

uint32_t serial_cycles_per_byte(void)
{
    return cycles_per_byte;
}

// The speed that the host has set on the terminal; 0: none yet, or one that is not listed, and then nothing is garbled.
static uint32_t host_baud(void)
{
    static const struct { speed_t name; uint32_t baud; } speeds[] = {
        {B9600, 9600}, {B19200, 19200}, {B57600, 57600}, {B115200, 115200}, {B230400, 230400}, {B460800, 460800}, {B500000, 500000},
        {B921600, 921600}, {B1000000, 1000000}, {B1500000, 1500000}, {B2000000, 2000000},
    };
    struct termios settings;
    if (tcgetattr(terminal, &settings) != 0)
        return 0;
    speed_t set = cfgetospeed(&settings);
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
        if (set == speeds[i].name)
            return speeds[i].baud;
    }
    return 0;
}

// What a receiver makes of one byte sent at another speed: it takes the line's level in the middle of each of its own bits, counted from
// the start bit. False: the start bit is over before the receiver has looked at it. What it takes for further bytes is left out.
static bool hear_at_other_speed(uint8_t byte, double sender_bits_per_bit, uint8_t *heard)
{
    uint32_t line = 0x600u | (uint32_t)byte << 1; // start bit 0, eight bits, stop bit and idle 1
    uint32_t bits = 0;
    for (int i = 0; i < 9; i++) {
        double at = (i + 0.5) * sender_bits_per_bit;
        bits |= (at >= 10 ? 1u : line >> (int)at & 1) << i;
    }
    *heard = (uint8_t)(bits >> 1);
    return !(bits & 1);
}

static char name[128]; // of the terminal

const char *serial_open(void)
{
    int far_end;
    if (openpty(&terminal, &far_end, name, NULL, NULL) != 0)
        fail("no pseudo terminal: %s", strerror(errno));
    // The far end stays open here too: a host that closes and opens it again finds the line as it was.
    struct termios settings;
    tcgetattr(far_end, &settings);
    cfmakeraw(&settings);
    tcsetattr(far_end, TCSANOW, &settings);
    fcntl(terminal, F_SETFL, O_NONBLOCK);
    return name;
}

static uint32_t random_ppm(void)
{
    static uint32_t state = 0x2545F491;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % 1000000;
}

static bool is_carried(uint32_t baud)
{
    return !cable_faults.cut && (cable_faults.deaf_above == 0 || baud <= cable_faults.deaf_above);
}

static void through_the_cable(uint8_t byte)
{
    uint32_t host = host_baud(), own = (uint32_t)(CYCLES_PER_SECOND * 10 / serial_cycles_per_byte());
    if (host != 0 && host != own && !hear_at_other_speed(byte, (double)own / host, &byte))
        return;
    bool lossy = cable_faults.lossy_above != 0 && own > cable_faults.lossy_above && random_ppm() < cable_faults.lossy_ppm;
    if (!is_carried(own) || lossy || (cable_faults.loss_ppm > 0 && random_ppm() < cable_faults.loss_ppm)) {
        serial_statistics.lost++;
        return;
    }
    if (cable_faults.damage_ppm > 0 && random_ppm() < cable_faults.damage_ppm) {
        serial_statistics.damaged++;
        byte ^= (uint8_t)(1u << (random_ppm() & 7));
    }
    if (ring_written - ring_read >= RING_BYTES) {
        serial_statistics.not_delivered++;
        return;
    }
    ring[ring_written++ % RING_BYTES] = byte;
    serial_statistics.delivered++;
}

void serial_write(uint8_t byte, cycle_t now)
{
    if (now < room_at) { // written while UDRE was 0: the chip ignores it
        serial_statistics.overruns++;
        return;
    }
    cycle_t starts = now > shifted_at ? now : shifted_at;
    room_at = starts;
    shifted_at = starts + serial_cycles_per_byte();
    serial_statistics.sent++;
    if (previous_sent == 0 && byte != 0 && serial_packet_began != NULL)
        serial_packet_began(byte, starts);
    if (previous_sent == 0 && byte == FRAME_END_TYPE) {
        if (frame_ended_at != 0)
            serial_statistics.frame_interval = starts - frame_ended_at;
        frame_ended_at = starts;
        serial_statistics.frames_sent++;
        printf("frame %llu\n", (unsigned long long)serial_statistics.frames_sent);
        fflush(stdout);
    }
    previous_sent = byte;
    through_the_cable(byte);
}

static void receive_arrived(cycle_t now)
{
    // Two whole bytes fit; when the third has arrived unread it is lost, and the chip says so with the next one read.
    while (inbox_written - inbox_read > 2 && inbox[(inbox_read + 2) % INBOX_BYTES].arrives <= now) {
        for (uint32_t i = inbox_read + 2; i + 1 < inbox_written; i++)
            inbox[i % INBOX_BYTES] = inbox[(i + 1) % INBOX_BYTES];
        inbox_written--;
        serial_statistics.receive_overruns++;
        receive_overrun = true;
    }
}

uint8_t serial_status(cycle_t now)
{
    receive_arrived(now);
    uint8_t status = now >= room_at ? UDRE : 0;
    if (inbox_written != inbox_read && inbox[inbox_read % INBOX_BYTES].arrives <= now)
        status |= RXC | (receive_overrun ? DOR : 0);
    return status;
}

uint8_t serial_read(cycle_t now)
{
    receive_overrun = false;
    if (inbox_written == inbox_read || inbox[inbox_read % INBOX_BYTES].arrives > now)
        return 0;
    serial_statistics.received++;
    return inbox[inbox_read++ % INBOX_BYTES].byte;
}

void serial_receive(uint8_t byte, cycle_t now)
{
    line_free_at = (line_free_at > now ? line_free_at : now) + serial_cycles_per_byte();
    if (!is_carried((uint32_t)(CYCLES_PER_SECOND * 10 / serial_cycles_per_byte())) || inbox_written - inbox_read == INBOX_BYTES)
        return;
    inbox[inbox_written % INBOX_BYTES].byte = byte;
    inbox[inbox_written++ % INBOX_BYTES].arrives = line_free_at;
}

bool serial_pump(cycle_t now, bool lossy)
{
    while (ring_written != ring_read) {
        uint32_t from = ring_read % RING_BYTES, count = ring_written - ring_read;
        if (from + count > RING_BYTES)
            count = RING_BYTES - from;
        ssize_t written = write(terminal, ring + from, count);
        if (written <= 0)
            break;
        ring_read += (uint32_t)written;
    }
    uint8_t bytes[64];
    ssize_t got = inbox_written - inbox_read < INBOX_BYTES - sizeof bytes ? read(terminal, bytes, sizeof bytes) : 0;
    uint32_t host = host_baud(), own = (uint32_t)(CYCLES_PER_SECOND * 10 / serial_cycles_per_byte());
    for (ssize_t i = 0; i < got; i++) {
        if (host != 0 && host != own && !hear_at_other_speed(bytes[i], (double)host / own, &bytes[i]))
            continue;
        serial_receive(bytes[i], now);
    }
    return !lossy && ring_written - ring_read > FAR_BEHIND;
}

bool serial_was_opened(void)
{
    static int watch = -1, hosts;
    if (watch < 0) {
        watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        if (watch < 0 || inotify_add_watch(watch, name, IN_OPEN | IN_CLOSE) < 0)
            fail("the terminal's opening cannot be watched: %s", strerror(errno));
    }
    union {
        struct inotify_event event;
        char bytes[4096];
    } read_in;
    bool opened = false;
    ssize_t got = read(watch, &read_in, sizeof read_in);
    for (ssize_t at = 0; at < got;) {
        const struct inotify_event *event = (const struct inotify_event *)(read_in.bytes + at);
        if (event->mask & IN_OPEN)
            opened |= hosts++ == 0;
        else if (hosts > 0)
            hosts--;
        at += (ssize_t)(sizeof *event + event->len);
    }
    return opened;
}

bool serial_all_delivered(void)
{
    return ring_written == ring_read;
}

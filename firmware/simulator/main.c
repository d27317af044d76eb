// SPDX-License-Identifier: GPL-3.0-or-later
// doorbell-simulator: the real program of the doorbell camera, cycle by cycle, with an OV7670, a button and a serial line. See README.md.

#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "control.h"
#include "fail.h"
#include "inputs.h"
#include "machine.h"
#include "scene.h"
#include "serial.h"

#define SLICE_CYCLES CYCLES_PER_MS // how often the outside world is looked at

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
    (void)signal_number;
    stopped = 1;
}

enum { FRAME_START = 0x82, FRAME_END = 0x84, BELL = 0x85, FRAME_END_BYTES = 18 };

// What the visitor waits for: BELL on the line, and the end of the first frame that began after the press.
static void packet_began(uint8_t type, cycle_t at)
{
    static cycle_t frame_began;
    if (type == BELL)
        inputs_bell_sent(at);
    else if (type == FRAME_START)
        frame_began = at;
    else if (type == FRAME_END)
        inputs_frame_sent(frame_began, at + FRAME_END_BYTES * serial_cycles_per_byte());
}

static double wall_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void sleep_seconds(double seconds)
{
    struct timespec duration = {.tv_sec = (time_t)seconds, .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)};
    nanosleep(&duration, NULL);
}

int main(int count, char **words)
{
    const char *elf = NULL, *eeprom = NULL;
    double seconds = 0;
    bool real_time = false, hold = false;
    for (int i = 1; i < count; i++) {
        const char *value = i + 1 < count ? words[i + 1] : NULL;
        if (strcmp(words[i], "--real-time") == 0) {
            real_time = true;
            continue;
        }
        if (strcmp(words[i], "--hold") == 0) {
            hold = true;
            continue;
        }
        if (value == NULL)
            fail("%s needs a value", words[i]);
        if (strcmp(words[i], "--firmware") == 0)
            elf = value;
        else if (strcmp(words[i], "--scene") == 0)
            scene_load(value);
        else if (strcmp(words[i], "--eeprom") == 0)
            eeprom = value;
        else if (strcmp(words[i], "--seconds") == 0)
            seconds = atof(value);
        else if (strcmp(words[i], "--do") == 0)
            control_line(value, 0);
        else
            fail("%s is not known; there are --firmware ELF, --scene PICTURE, --eeprom FILE, --seconds N, --do LINE, --real-time, --hold",
                words[i]);
        i++;
    }
    if (elf == NULL)
        fail("--firmware ELF is missing; `make -C firmware` builds one");
    signal(SIGINT, stop);
    signal(SIGTERM, stop);
    signal(SIGPIPE, SIG_IGN);
    serial_packet_began = packet_began;
    machine_start(elf, eeprom);
    printf("pty %s\n", serial_open());
    fflush(stdout);

    cycle_t end = seconds > 0 ? (cycle_t)(seconds * CYCLES_PER_SECOND) : UINT64_MAX;
    double started = wall_seconds();
    while (!stopped && !control_has_quit() && machine_cycle() < end) {
        cycle_t now = machine_cycle(), until = now + SLICE_CYCLES;
        control_read(now);
        control_run_due(now);
        if (control_opening_resets_ms() >= 0 && serial_was_opened())
            machine_reset((uint32_t)control_opening_resets_ms());
        if (control_next_due() < until)
            until = control_next_due();
        if (!machine_run_until(until > now ? until : now + 1))
            fail("the program has crashed at %.6f s", (double)machine_cycle() / CYCLES_PER_SECOND);
        while (serial_pump(machine_cycle(), real_time) && !stopped && !control_has_quit()) {
            sleep_seconds(0.0005);
            control_read(machine_cycle());
        }
        double ahead = (double)machine_cycle() / CYCLES_PER_SECOND - (wall_seconds() - started);
        if (real_time && ahead > 0.001)
            sleep_seconds(ahead);
    }
    for (int tries = 0; tries < 1000 && !serial_all_delivered() && !stopped; tries++) {
        serial_pump(machine_cycle(), true);
        sleep_seconds(0.001);
    }
    machine_save_eeprom();
    control_print_statistics(machine_cycle());
    // The end of this program ends the terminal, and what the host has not read by then is lost to it.
    while (hold && !stopped && !control_has_ended()) {
        serial_pump(machine_cycle(), true);
        sleep_seconds(0.001);
        control_read(machine_cycle());
    }
    return 0;
}

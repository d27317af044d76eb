// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to the doorbell, as lines of text: from standard input, or from --do. See README.md for the list.

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "camera.h"
#include "control.h"
#include "fail.h"
#include "inputs.h"
#include "levels.h"
#include "machine.h"
#include "sampling.h"
#include "scene.h"
#include "serial.h"

#define MAX_PLANNED 4096
#define LINE_BYTES 256

static struct { cycle_t at; char line[LINE_BYTES]; } planned[MAX_PLANNED];
static int planned_count;
static bool quit, ended;
static int opening_resets_ms = -1; // the boot loader's time; negative: opening the port resets nothing

int control_opening_resets_ms(void)
{
    return opening_resets_ms;
}

bool control_has_quit(void)
{
    return quit;
}

bool control_has_ended(void)
{
    return ended;
}

static uint8_t data_line(int number)
{
    return (uint8_t)(1u << (number & 7));
}

static bool set_fault(const char *name, int number, int other)
{
    struct { const char *name; bool *flag; } flags[] = {
        {"wrong-pid", &camera_faults.wrong_pid}, {"no-clock", &camera_faults.no_clock}, {"silent", &camera_faults.silent},
        {"unplugged", &camera_faults.unplugged}, {"sda-stuck", &camera_faults.sda_stuck}, {"no-pclk", &camera_faults.no_pclk},
        {"no-href", &camera_faults.no_href},
        {"no-vsync", &camera_faults.no_vsync}, {"cable-cut", &cable_faults.cut},
    };
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (strcmp(name, flags[i].name) == 0) {
            *flags[i].flag = true;
            return true;
        }
    }
    if (strcmp(name, "stuck-high") == 0)
        camera_faults.stuck_high = data_line(number);
    else if (strcmp(name, "stuck-low") == 0)
        camera_faults.stuck_low = data_line(number);
    else if (strcmp(name, "loose") == 0)
        camera_faults.loose = data_line(number);
    else if (strcmp(name, "swapped") == 0)
        camera_faults.swapped[0] = data_line(number), camera_faults.swapped[1] = data_line(other);
    else if (strcmp(name, "cable-noise") == 0)
        cable_faults.damage_ppm = (uint32_t)number;
    else if (strcmp(name, "cable-loss") == 0)
        cable_faults.loss_ppm = (uint32_t)number;
    else if (strcmp(name, "usb-loses-above") == 0)
        cable_faults.lossy_above = (uint32_t)number, cable_faults.lossy_ppm = (uint32_t)other;
    else if (strcmp(name, "usb-deaf-above") == 0)
        cable_faults.deaf_above = (uint32_t)number;
    else if (strcmp(name, "bus-loose") == 0)
        levels_set_bus((uint8_t)number, 0);
    else if (strcmp(name, "bus-grounded") == 0)
        levels_set_bus(0, (uint8_t)number);
    else
        return false;
    return true;
}

static void heal(void)
{
    memset(&camera_faults, 0, sizeof camera_faults);
    memset(&cable_faults, 0, sizeof cable_faults);
    levels_set_bus(0, 0);
}

void control_print_statistics(cycle_t now)
{
    uint64_t rows = machine_statistics.rows_waited_for;
    printf("statistics {\"seconds\":%.4f,\"bytes_sent\":%llu,\"transmit_overruns\":%llu,\"bytes_received\":%llu,\"receive_overruns\":%llu,"
           "\"bytes_delivered\":%llu,\"bytes_not_delivered\":%llu,\"bytes_damaged\":%llu,\"bytes_lost\":%llu,"
           "\"sensor_frames\":%llu,\"sccb_writes\":%llu,"
           "\"sccb_least_gap_us\":%.1f,"
           "\"rows\":%llu,\"rows_late\":%llu,\"least_slack_cycles\":%lld,\"mean_slack_cycles\":%.0f,\"presses\":%llu,"
           "\"bells\":%llu,\"slowest_bell_ms\":%.3f,"
           "\"pictures\":%llu,\"picture_least_ms\":%.3f,\"picture_mean_ms\":%.3f,\"picture_most_ms\":%.3f,"
           "\"samples\":%llu,\"sample_least_distance_cycles\":%lld,\"sample_most_distance_cycles\":%lld,"
           "\"sample_least_after_rise_cycles\":%lld,"
           "\"sample_most_after_rise_cycles\":%lld,\"sample_least_before_change_cycles\":%lld,"
           "\"frames_sent\":%llu,\"frame_interval_cycles\":%llu,\"stack_bytes\":%u,\"light\":%s,\"baud\":%llu}\n",
        (double)now / CYCLES_PER_SECOND, (unsigned long long)serial_statistics.sent, (unsigned long long)serial_statistics.overruns,
        (unsigned long long)serial_statistics.received, (unsigned long long)serial_statistics.receive_overruns,
        (unsigned long long)serial_statistics.delivered, (unsigned long long)serial_statistics.not_delivered,
        (unsigned long long)serial_statistics.damaged,
        (unsigned long long)serial_statistics.lost,
        (unsigned long long)camera_statistics.frames, (unsigned long long)camera_statistics.sccb_writes,
        camera_statistics.sccb_writes > 1 ? (double)camera_statistics.least_write_gap / 16 : 0.0, (unsigned long long)rows,
        (unsigned long long)machine_statistics.rows_late, rows > 0 ? (long long)machine_statistics.least_slack : -1,
        rows > 0 ? (double)machine_statistics.slack_sum / (double)rows : -1, (unsigned long long)inputs_statistics.presses,
        (unsigned long long)inputs_statistics.answered, (double)inputs_statistics.slowest / CYCLES_PER_MS,
        (unsigned long long)inputs_statistics.pictures, (double)inputs_statistics.picture_least / CYCLES_PER_MS,
        inputs_statistics.pictures > 0 ? (double)inputs_statistics.picture_sum / (double)inputs_statistics.pictures / CYCLES_PER_MS : 0.0,
        (double)inputs_statistics.picture_most / CYCLES_PER_MS,
        (unsigned long long)sampling_statistics.samples, (long long)sampling_statistics.least_distance,
        (long long)sampling_statistics.most_distance,
        (long long)sampling_statistics.least_after_rise, (long long)sampling_statistics.most_after_rise,
        (long long)sampling_statistics.least_before_change,
        (unsigned long long)serial_statistics.frames_sent, (unsigned long long)serial_statistics.frame_interval,
        machine_deepest_stack(), machine_statistics.light ? "true" : "false",
        (unsigned long long)(CYCLES_PER_SECOND * 10 / serial_cycles_per_byte()));
    fflush(stdout);
}

static void execute(const char *line, cycle_t now)
{
    char word[LINE_BYTES] = "", name[LINE_BYTES] = "";
    int number = 0, other = 0, first = -1, second = -1;
    unsigned byte;
    if (sscanf(line, "%255s", word) != 1)
        return;
    int numbers = sscanf(line, "%*s %d %d", &first, &second);
    if (strcmp(word, "press") == 0) {
        inputs_press(now, numbers >= 1 ? (uint32_t)first : 150);
    } else if (strcmp(word, "motion") == 0) {
        inputs_move(now, numbers >= 1 ? (uint32_t)first : 2000);
    } else if (strcmp(word, "scene") == 0 && numbers >= 1 && first >= 0 && first < scene_count()) {
        scene_choose(first, now, numbers >= 2 && second > 0 ? (uint32_t)second : 0);
    } else if (strcmp(word, "show") == 0 && sscanf(line, "%*s %255[^\n]", name) == 1) {
        scene_show(name);
    } else if (strcmp(word, "send") == 0 && sscanf(line, "%*s %x", &byte) == 1 && byte <= 0xFF) {
        serial_receive((uint8_t)byte, now);
    } else if (strcmp(word, "light") == 0 && numbers >= 1 && first > 0) {
        camera_set_light((uint32_t)first);
    } else if (strcmp(word, "supply") == 0 && numbers >= 1 && first > 0) {
        levels_set_supply(first);
    } else if (strcmp(word, "level") == 0 && numbers >= 1 && first > 0) {
        levels_set_high(first);
    } else if (strcmp(word, "bus-level") == 0 && numbers >= 1 && first > 0) {
        levels_set_bus_high(first);
    } else if (strcmp(word, "stop-timer") == 0 && numbers >= 1 && first > 0) {
        machine_stop_timer((uint32_t)first);
    } else if (strcmp(word, "latch") == 0 && numbers >= 1 && first >= 0) {
        machine_set_input_latch(first);
    } else if (strcmp(word, "fault") == 0 && sscanf(line, "%*s %255s %d %d", name, &number, &other) >= 1
        && set_fault(name, number, other)) {
        camera_faults_changed(now);
    } else if (strcmp(word, "edge-offset") == 0 && numbers == 2 && first >= 0 && first < 4 && second >= 0 && second < 4) {
        camera_quirks.edge_offset[first] = second;
    } else if (strcmp(word, "heal") == 0) {
        heal();
        camera_faults_changed(now);
    } else if (strcmp(word, "reset") == 0) {
        machine_reset(numbers >= 1 && first > 0 ? (uint32_t)first : 0);
    } else if (strcmp(word, "reset-on-opening") == 0) {
        opening_resets_ms = numbers >= 1 && first > 0 ? first : 0;
    } else if (strcmp(word, "statistics") == 0) {
        control_print_statistics(now);
    } else if (strcmp(word, "quit") == 0) {
        quit = true;
    } else {
        printf("not understood: %s\n", line);
        fflush(stdout);
    }
}

static void plan(cycle_t at, const char *line)
{
    if (planned_count == MAX_PLANNED)
        fail("more than %d lines are planned", MAX_PLANNED);
    planned[planned_count].at = at;
    strncpy(planned[planned_count].line, line, LINE_BYTES - 1);
    planned[planned_count++].line[LINE_BYTES - 1] = 0;
}

void control_line(const char *line, cycle_t now)
{
    char *rest;
    if (*line == '@') {
        double ms = strtod(line + 1, &rest);
        plan((cycle_t)(ms * CYCLES_PER_MS), rest);
    } else if (*line == '+') {
        double ms = strtod(line + 1, &rest);
        plan(now + (cycle_t)(ms * CYCLES_PER_MS), rest);
    } else {
        execute(line, now);
    }
}

cycle_t control_next_due(void)
{
    cycle_t next = UINT64_MAX;
    for (int i = 0; i < planned_count; i++)
        next = planned[i].at < next ? planned[i].at : next;
    return next;
}

void control_run_due(cycle_t now)
{
    for (int i = 0; i < planned_count;) {
        if (planned[i].at > now) {
            i++;
            continue;
        }
        char line[LINE_BYTES];
        memcpy(line, planned[i].line, LINE_BYTES);
        memmove(&planned[i], &planned[i + 1], (size_t)(planned_count - i - 1) * sizeof planned[0]);
        planned_count--;
        execute(line, now);
    }
}

void control_read(cycle_t now)
{
    static char buffer[4096];
    static size_t used;
    static bool prepared;
    if (!prepared) {
        fcntl(STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
        prepared = true;
    }
    if (ended)
        return;
    ssize_t got = read(STDIN_FILENO, buffer + used, sizeof buffer - 1 - used);
    if (got == 0)
        ended = true; // nobody steers any more; --seconds or a signal ends the program
    if (got <= 0)
        return;
    used += (size_t)got;
    buffer[used] = 0;
    char *end;
    while ((end = strchr(buffer, '\n')) != NULL) {
        *end = 0;
        control_line(buffer, now);
        used -= (size_t)(end + 1 - buffer);
        memmove(buffer, end + 1, used + 1);
    }
    if (used == sizeof buffer - 1)
        used = 0; // a line that long is no command
}

// Inputs, commands, bell and light. See requests.h.

#include "requests.h"
#include "../../config.h"        // times
#include "../board/board.h"      // inputs, line
#include "../button/bell.h"      // numbers and repeats
#include "../button/button.h"    // debouncing
#include "../link/command.h"     // decoding
#include "../link/link.h"        // BELL, ACK
#include "../sensor/ov7670.h"    // ov7670_pause_ms, supplied here
#include "../capture/frame.h"    // frame_serve, frame_watch_inputs, supplied here
#include "kept.h"                // what outlives a reset
#include "rate.h"                // serial rate

#define DOUBT_MS 5000 // more than three times the host's wait for an answer
#define MOTION_OPEN_MS 200
#define BLINK_ALIVE_MASK 0x07FF // a flash of 64 ms every 2 s
#define BLINK_ALIVE_ON 64
#define BLINK_FAULT_MASK 0x0100 // on and off twice a second

requests_t requests;
counters_t counters;

static button_t bell_button, motion_input;
static bell_t bell;
static uint8_t boot_number;
static uint16_t motion_at_ms, moved_at_ms, second_at_ms;
static bool motion_seen;
static bool line_is_doubtful;
static uint16_t doubted_at_ms;
static enum link_command doubted; // came once
static uint32_t uptime_s;

static void keep(void)
{
    const kept_t kept = {
        .press = bell.press, .boot = boot_number, .waiting = bell.waiting,
        .closed = bell_button.accepted && !bell_button.held_since_start,
    };
    kept_write(&kept);
}

bool requests_start(uint8_t boot)
{
    uint16_t now = board_now_ms();
    kept_t kept;
    bool outlived = kept_read(&kept);
    bool rings = outlived && kept.waiting;
    boot_number = rings ? kept.boot : boot;
    bell = (bell_t){.press = rings ? kept.press : 0, .waiting = rings};
    if (rings)
        requests.bell_frames = BELL_RUN_FRAMES;
    second_at_ms = now;
    requests.mode = START_MODE;
    button_start(&bell_button, BELL_CLOSED_MS, BELL_OPEN_MS, board_bell_closed(), outlived && kept.closed, now);
    button_start(&motion_input, MOTION_ACTIVE_MS, MOTION_OPEN_MS, board_motion_active(), true, now);
    keep();
    return bell_button.level;
}

static void count(uint16_t *counter)
{
    if (*counter < UINT16_MAX)
        (*counter)++;
}

// One case for each command, so that the compiler names the one that is missing.
static void execute(enum link_command command)
{
    uint8_t result = LINK_DONE;
    switch (command) {
    case LINK_COMMAND_MODE_0 ... LINK_COMMAND_MODE_9:
        if (command - LINK_COMMAND_MODE_0 < MODE_COUNT)
            requests.mode = (uint8_t)(command - LINK_COMMAND_MODE_0);
        else
            result = LINK_NOT_SUPPORTED;
        break;
    case LINK_COMMAND_ACK_FIRST ... LINK_COMMAND_ACK_LAST:
        bell_acknowledge(&bell, (uint8_t)(command - LINK_COMMAND_ACK_FIRST));
        keep();
        break;
    case LINK_COMMAND_HELLO:
        requests.hello = true;
        break;
    case LINK_COMMAND_CAPTURE:
        requests.captures = 1; // asked again means the answer was lost: still one frame
        break;
    case LINK_COMMAND_STREAM:
        requests.stream = true;
        break;
    case LINK_COMMAND_STOP:
        requests.stream = false;
        requests.bell_frames = 0;
        requests.motion_run = false;
        break;
    case LINK_COMMAND_BARS_ON:
        requests.test_bars = true;
        break;
    case LINK_COMMAND_BARS_OFF:
        requests.test_bars = false;
        break;
    case LINK_COMMAND_STATUS:
        requests.status = true;
        break;
    case LINK_COMMAND_RESTART:
        requests.restart = true;
        break;
    case LINK_COMMAND_RATE_FIRST ... LINK_COMMAND_RATE_LAST:
        rate_ask((mode_rate_t)(command - LINK_COMMAND_RATE_FIRST));
        return; // answered when it is done
    case LINK_COMMAND_KEEP_RATE:
        rate_keep();
        break;
    case LINK_COMMAND_NONE:
        count(&counters.commands_ignored);
        return;
    }
    link_send_ack((uint8_t)command, result);
}

// Everything but a question.
static bool changes_something(enum link_command command)
{
    return command != LINK_COMMAND_HELLO && command != LINK_COMMAND_STATUS;
}

// After a byte that is no command the line is doubtful for a while: noise makes commands too, one byte in seven. Then what changes
// something counts only when it comes twice in a row, and the first is not answered; a host that gets no answer sends it again.
static bool is_doubtful(enum link_command command)
{
    uint16_t now = board_now_ms();
    if (command == LINK_COMMAND_NONE) {
        line_is_doubtful = true;
        doubted_at_ms = now;
        doubted = LINK_COMMAND_NONE;
        return false;
    }
    if (!line_is_doubtful || !changes_something(command))
        return false;
    if (doubted == command) {
        doubted = LINK_COMMAND_NONE;
        return false;
    }
    doubted = command;
    return true;
}

static void take_commands(void)
{
    uint8_t byte;
    if (!board_receive(&byte))
        return;
    enum link_command command = link_decode_command(byte);
    if (!is_doubtful(command))
        execute(command);
}

void requests_watch_inputs(void)
{
    uint16_t now = board_now_ms();
    if (button_sample(&bell_button, board_bell_closed(), now)) {
        bell_press(&bell);
        requests.bell_frames = BELL_RUN_FRAMES;
    }
    keep();
    if (MOTION_SENSOR && button_sample(&motion_input, board_motion_active(), now)
        && !(motion_seen && (uint16_t)(now - motion_at_ms) < MOTION_REST_MS)) {
        motion_seen = true;
        motion_at_ms = now;
        count(&counters.motion_triggers);
        requests.motion_run = true;
    }
    if (requests.motion_run && motion_input.accepted)
        moved_at_ms = now;
    if (requests.motion_run && (uint16_t)(now - moved_at_ms) >= MOTION_RUN_MS)
        requests.motion_run = false;
    if (motion_seen && (uint16_t)(now - motion_at_ms) >= MOTION_REST_MS)
        motion_seen = false; // else the wrapping clock would bring the rest back every 65 s
}

static void show_light(uint16_t now)
{
    switch (requests.light) {
    case LIGHT_CAPTURING:
        board_light(!bell.waiting); // on when the host has acknowledged the ring: the visitor sees that it was heard
        break;
    case LIGHT_FAULT:
        board_light(now & BLINK_FAULT_MASK);
        break;
    case LIGHT_ALIVE:
        board_light((now & BLINK_ALIVE_MASK) < BLINK_ALIVE_ON);
        break;
    }
}

void requests_poll(void)
{
    requests_watch_inputs();
    uint16_t now = board_now_ms();
    if (line_is_doubtful && (uint16_t)(now - doubted_at_ms) >= DOUBT_MS)
        line_is_doubtful = false;
    while ((uint16_t)(now - second_at_ms) >= 1000) {
        second_at_ms = (uint16_t)(second_at_ms + 1000);
        uptime_s++;
    }
    if (bell_is_due(&bell, now, BELL_REPEAT_MS))
        link_send_bell(boot_number, bell.press);
    else
        take_commands(); // one short packet per call is what the gap between two rows has room for
    show_light(now);
}

void requests_poll_at_leisure(void)
{
    requests_poll();
    if (!requests.frame_under_way)
        rate_serve();
}

void requests_pause_ms(uint16_t duration_ms)
{
    uint16_t start = board_now_ms();
    while ((uint16_t)(board_now_ms() - start) <= duration_ms)
        requests_poll_at_leisure();
}

void ov7670_pause_ms(uint16_t duration_ms)
{
    requests_pause_ms(duration_ms);
}

void frame_serve(void)
{
    requests_poll();
}

void frame_serve_at_leisure(void)
{
    requests_poll_at_leisure();
}

void frame_watch_inputs(void)
{
    requests_watch_inputs();
}

uint8_t requests_take_frame(void)
{
    if (requests.bell_frames > 0) {
        requests.bell_frames--;
        return LINK_TRIGGER_BELL;
    }
    if (requests.captures > 0) {
        requests.captures--;
        return LINK_TRIGGER_REQUEST;
    }
    if (requests.stream)
        return LINK_TRIGGER_STREAM;
    return requests.motion_run ? LINK_TRIGGER_MOTION : 0;
}

void requests_give_back(uint8_t trigger)
{
    switch (trigger) {
    case LINK_TRIGGER_BELL:
        requests.bell_frames++;
        break;
    case LINK_TRIGGER_REQUEST:
        requests.captures = 1;
        break;
    default: // a stream, and what a movement started, go on by themselves
        break;
    }
}

uint16_t requests_presses(void)
{
    return bell.press;
}

uint32_t requests_uptime_s(void)
{
    return uptime_s;
}

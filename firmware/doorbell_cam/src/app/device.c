// Start, sensor bring-up, and what is done next. See device.h.
//
// A sensor that fails is examined again every few seconds; the bell, STATUS and commands work all the while.

#include "device.h"
#include "../../config.h"     // settle limit, STATUS period
#include "../board/board.h"   // start, supply, restart
#include "../link/dpcm.h"     // steps of compressed rows
#include "../link/link.h"     // HELLO, STATUS
#include "../sensor/ov7670.h" // sensor
#include "boot_counter.h"     // boot
#include "checks.h"           // self-diagnosis
#include "../capture/frame.h"      // frames
#include "device_number.h"    // number
#include "log.h"              // messages
#include "rate.h"             // serial rate
#include "requests.h"         // what is wanted

#define WAKE_UP_MS 10          // the sensor's own start after XCLK has come
#define PAUSE_BEFORE_RETRY_MS 3000
#define SUPPLY_LOW_MV 4200      // a Nano on USB has 4.6 V behind its diode, and the measurement is known to a tenth only
#define START_RATE (LINK_BAUD == 2000000 ? RATE_2M : LINK_BAUD == 1000000 ? RATE_1M : RATE_500K)
// So many frames of a run begin with whatever row comes next: a vote needs two; the others begin at the top, without a seam in time.
#define FRAMES_AT_ONCE 2
#define SETTLED_PART 8          // exposure may still change by an eighth

static uint8_t boot;
static uint8_t sensor_pid, sensor_ver;
static bool sensor_usable;
static uint8_t mode_number;
static mode_rate_t mode_rate;   // the serial rate that the mode is worked out for
static uint32_t number;
static mode_t mode;
static bool bars_shown;
static uint16_t next_sequence;
static bool lamp_on;
static uint16_t last_frame_at_ms;
static uint8_t frames_in_a_row; // since nothing was wanted
static uint16_t status_at_ms, failed_at_ms, supply_mv;

static void send_hello(void)
{
    const link_hello_t hello = {
        .protocol_major = LINK_PROTOCOL_MAJOR, .protocol_minor = LINK_PROTOCOL_MINOR,
        .firmware_major = LINK_FIRMWARE_MAJOR, .firmware_minor = LINK_FIRMWARE_MINOR, .firmware_patch = LINK_FIRMWARE_PATCH,
        .board = LINK_BOARD_ATMEGA328P, .boot = boot, .reset_cause = board_reset_cause(),
        .sensor_pid = sensor_pid, .sensor_ver = sensor_ver,
        .mode = mode_number, .width = mode.width, .height = mode.height, .format = mode.format, .clkrc = (uint16_t)(0x80 | mode.divider),
        .baud = rate_bits_per_second(),
        .capabilities = LINK_CAN_BELL | LINK_CAN_TEST_BARS | LINK_CAN_LIGHT | LINK_CAN_MODES | LINK_CAN_COMPRESS
            | LINK_CAN_RATES | (MOTION_SENSOR ? LINK_CAN_MOTION : 0),
        .number = number,
    };
    link_send_hello(&hello);
    requests.hello = false;
}

static void send_status(void)
{
    supply_mv = board_supply_mv();
    const link_status_t status = {
        .uptime_s = requests_uptime_s(), .frames = counters.frames, .overruns = counters.overruns, .timeouts = counters.timeouts,
        .presses = requests_presses(), .motion_triggers = counters.motion_triggers, .commands_ignored = counters.commands_ignored,
        .checks_run = counters.checks_run, .checks_passed = counters.checks_passed, .supply_mv = supply_mv,
    };
    link_send_status(&status);
    requests.status = false;
    status_at_ms = board_now_ms();
}

static void sensor_failed(void)
{
    sensor_usable = false;
    requests.light = LIGHT_FAULT;
    failed_at_ms = board_now_ms();
}

// Frames pass unsent until the automatic exposure has stopped moving.
static bool settle_exposure(void)
{
    uint16_t before = 0, now, gain;
    for (uint8_t frame = 1; frame <= SETTLE_MAX_FRAMES; frame++) {
        if (mode_rate != rate_in_use())
            return true; // everything is written again for the new rate; waiting here would be in vain
        if (!frame_wait_for_vsync(frame_patience_ms(&mode))) {
            log_send(LOG_NO_VSYNC, 0);
            return false;
        }
        if (!ov7670_read_exposure(&now, &gain)) {
            log_send(LOG_NO_ANSWER, 0);
            return false;
        }
        uint16_t change = now > before ? now - before : before - now;
        if (frame > 1 && change <= now / SETTLED_PART) {
            frame_wait_for_first_row(&mode);
            frame_find_place(&mode);
            log_send(LOG_READY, frame);
            return true;
        }
        before = now;
    }
    log_send(LOG_EXPOSURE_UNSETTLED, 0);
    return true;
}

// Writes what is wanted now, and lets the frame pass during which the registers changed. That frame may still have the old length.
static bool apply_settings(void)
{
    uint16_t patience_ms = frame_patience_ms(&mode);
    uint8_t divider_before = mode.divider;
    frame_forget_place();
    mode_number = requests.mode;
    mode_rate = rate_in_use();
    mode = mode_get(mode_number);
    bars_shown = requests.test_bars;
    if (frame_patience_ms(&mode) > patience_ms)
        patience_ms = frame_patience_ms(&mode);
    bool exposure_is_settled = mode.divider == divider_before && sensor_usable && checks_know_alignment(mode.scale);
    uint8_t alignment;
    if (!checks_alignment(mode.scale, patience_ms, &alignment))
        return false;
    mode_rate = rate_in_use(); // looking for the alignment takes long, and the host is quick
    mode = mode_get(mode_number);
    if (frame_patience_ms(&mode) > patience_ms)
        patience_ms = frame_patience_ms(&mode);
    if (!ov7670_configure((ov7670_scale_t)mode.scale, mode.divider) || !ov7670_set_alignment(alignment) || !ov7670_show_bars(bars_shown)) {
        log_send(LOG_NO_ANSWER, 0);
        return false;
    }
    if (!frame_wait_for_vsync(patience_ms)) {
        log_send(LOG_NO_VSYNC, 0);
        return false;
    }
    // Exposure is counted in rows, and with another divider a row takes another time.
    if (!exposure_is_settled)
        return settle_exposure();
    frame_wait_for_first_row(&mode);
    frame_find_place(&mode);
    return true;
}

static void bring_up_sensor(bool first_time)
{
    bool answers = ov7670_reset();
    answers = answers && ov7670_identify(&sensor_pid, &sensor_ver);
    if (first_time)
        send_hello();
    if (checks_run(sensor_pid, sensor_ver, answers, mode_get(requests.mode).scale) && apply_settings()) {
        sensor_usable = true;
        requests.light = LIGHT_ALIVE;
    } else {
        sensor_failed();
    }
}

void device_start(void)
{
    board_start();
    link_output(0); // ends the packet that a reset may have cut, so that what comes now is not taken for its rest
    boot = boot_counter_next();
    dpcm_start();
    number = device_number();
    rate_start(START_RATE);
    mode_number = START_MODE;
    mode = mode_get(mode_number);
    bool stuck = requests_start(boot);
    board_start_sensor_clock();
    requests_pause_ms(WAKE_UP_MS);
    bring_up_sensor(true);
    if (board_reset_cause() & BOARD_RESET_BY_WATCHDOG)
        log_send(LOG_WATCHDOG, 0);
    if (stuck)
        log_send(LOG_BUTTON_STUCK, 0);
    send_status();
    if (supply_mv != 0 && supply_mv < SUPPLY_LOW_MV)
        log_send(LOG_SUPPLY_LOW, supply_mv);
}

static void report(const frame_report_t *frame)
{
    counters.overruns += frame->overruns;
    counters.timeouts += frame->timeouts;
    if (frame->overruns > 0)
        log_send(LOG_ROWS_LATE, frame->overruns);
    switch (frame->result) {
    case FRAME_SENT:
        counters.frames++;
        return;
    case FRAME_NO_VSYNC:
        counters.timeouts++;
        log_send(LOG_NO_VSYNC, 0);
        break;
    case FRAME_NO_HREF:
        log_send(LOG_NO_HREF, 0);
        break;
    case FRAME_NO_PCLK:
        log_send(LOG_NO_PCLK, 0);
        break;
    case FRAME_SILENT:
        log_send(LOG_CAMERA_SILENT, frame->rows_sent);
        break;
    case FRAME_CUT:
        log_send(LOG_ROWS_CUT, 0);
        break;
    case FRAME_LOST_PLACE:
        counters.timeouts++;
        return;
    }
    sensor_failed();
}

// On when a run begins in the dark, and then until some time after its last frame: its own light must not switch it off.
static void serve_lamp(bool run_begins, bool wanted)
{
    if (!LAMP)
        return;
    if (run_begins && !lamp_on && ov7670_is_dark(mode.divider))
        lamp_on = true;
    if (!wanted && lamp_on && (uint16_t)(board_now_ms() - last_frame_at_ms) >= LAMP_AFTER_MS)
        lamp_on = false;
    board_lamp(lamp_on);
}

static void send_next_frame(void)
{
    uint8_t trigger = requests_take_frame();
    serve_lamp(trigger != 0 && frames_in_a_row == 0, trigger != 0);
    if (trigger == 0) {
        requests.light = LIGHT_ALIVE;
        frames_in_a_row = 0;
        frame_keep_place(&mode);
        return;
    }
    requests.light = LIGHT_CAPTURING;
    requests.frame_under_way = true;
    frame_report_t frame = frame_send(&mode, mode_number, next_sequence, trigger, bars_shown, frames_in_a_row < FRAMES_AT_ONCE);
    requests.frame_under_way = false;
    last_frame_at_ms = board_now_ms();
    if (frames_in_a_row < FRAMES_AT_ONCE)
        frames_in_a_row++;
    if (frame.result == FRAME_LOST_PLACE)
        requests_give_back(trigger);
    if (frame.result != FRAME_NO_VSYNC)
        next_sequence = (next_sequence + 1) & 0x3FFF;
    report(&frame);
}

void device_step(void)
{
    requests_poll_at_leisure();
    if (requests.restart) {
        board_flush();
        board_restart();
        return;
    }
    if (requests.hello)
        send_hello();
    if (requests.status || (uint16_t)(board_now_ms() - status_at_ms) >= STATUS_PERIOD_MS)
        send_status();
    if (!sensor_usable) {
        if ((uint16_t)(board_now_ms() - failed_at_ms) >= PAUSE_BEFORE_RETRY_MS)
            bring_up_sensor(false);
        return;
    }
    if (requests.mode != mode_number || mode_rate != rate_in_use() || requests.test_bars != bars_shown) {
        if (!apply_settings())
            sensor_failed();
        return; // what was asked for meanwhile counts before the next frame: "bars on, one frame" must be a frame of bars
    }
    if (!rate_is_on_trial())
        send_next_frame();
}

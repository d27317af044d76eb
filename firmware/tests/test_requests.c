// What the device does with the button, the motion sensor and the host's commands, on a PC whose clock moves when it is looked at.

#include <string.h>

#include "../doorbell_cam/config.h"
#include "../doorbell_cam/src/board/native/native.h"
#include "../doorbell_cam/src/app/device_number.h"
#include "../doorbell_cam/src/app/rate.h"
#include "../doorbell_cam/src/app/requests.h"
#include "../doorbell_cam/src/link/link.h"
#include "check.h"

static void for_ms(unsigned ms)
{
    uint16_t start = native_now_ms;
    while ((uint16_t)(native_now_ms - start) < ms)
        requests_poll();
}

// The packets of that type that were sent since the last call of it.
static int packets_of(uint8_t type)
{
    int count = 0;
    for (size_t i = 0; i < native_sent_count; i++)
        count += native_sent[i] == type && (i == 0 || native_sent[i - 1] == 0);
    native_sent_count = 0;
    return count;
}

static void command(char ascii)
{
    uint8_t byte = (uint8_t)ascii;
    native_receive(__builtin_parity(byte) ? byte | 0x80 : byte);
    for_ms(5);
}

static void a_press_rings_starts_frames_and_repeats(void)
{
    native_bell_closed = true;
    for_ms(20);
    CHECK(packets_of(LINK_BELL) == 1);
    CHECK(requests_presses() == 1);
    native_bell_closed = false;
    for_ms(350);
    int repeats = packets_of(LINK_BELL);
    CHECK_THAT(repeats == 3 || repeats == 4, "3 or 4 repeats in 350 ms, not %d", repeats);
    for (int i = 0; i < BELL_RUN_FRAMES; i++)
        CHECK(requests_take_frame() == LINK_TRIGGER_BELL);
    CHECK(requests_take_frame() == 0);
    command('!'); // low bits 1
    CHECK(packets_of(LINK_ACK) == 1);
    for_ms(300);
    CHECK(packets_of(LINK_BELL) == 0);
}

static void the_light_is_on_when_the_ring_was_heard(void)
{
    int on = 0;
    requests.light = LIGHT_CAPTURING;
    native_bell_closed = true;
    for_ms(60);
    native_bell_closed = false;
    for (int i = 0; i < 1000; i++) {
        for_ms(1);
        on += native_light;
    }
    CHECK_THAT(on == 0, "an unheard ring shines in %d of 1000 looks", on);
    command((char)(' ' + (requests_presses() & 15)));
    for (int i = 0; i < 300; i++) {
        for_ms(1);
        on += native_light;
    }
    CHECK_THAT(on == 300, "a heard one shines, in %d of 300 looks", on);
    requests.light = LIGHT_ALIVE;
    for (int i = 0; i < BELL_RUN_FRAMES; i++)
        requests_take_frame();
    native_sent_count = 0;
}

static void motion_starts_frames_without_a_ring(void)
{
    native_motion_active = true;
    for_ms(200);
    CHECK(packets_of(LINK_BELL) == 0);
    CHECK(counters.motion_triggers == 1);
    for (int i = 0; i < 100; i++)
        CHECK(requests_take_frame() == LINK_TRIGGER_MOTION);
    native_motion_active = false;
    for_ms(500);
    native_motion_active = true; // the same passer-by
    for_ms(500);
    CHECK(counters.motion_triggers == 1);
    native_motion_active = false;
    for_ms(MOTION_REST_MS);
    native_motion_active = true;
    for_ms(500);
    CHECK(counters.motion_triggers == 2);
    native_motion_active = false;
    for_ms(500);
    command('x');
    CHECK(requests_take_frame() == 0);
    for_ms(MOTION_REST_MS);
    native_motion_active = true; // moves for a while, then nobody is there
    for_ms(MOTION_REST_MS + 500);
    native_motion_active = false;
    for_ms(MOTION_RUN_MS - 500);
    CHECK(requests_take_frame() == LINK_TRIGGER_MOTION);
    for_ms(2000);
    CHECK(requests_take_frame() == 0);
}

// Its line is pulled up: it is active for ever, and no movement.
static void a_motion_sensor_that_is_not_there_starts_nothing(void)
{
    uint16_t triggers = counters.motion_triggers;
    native_motion_active = true;
    requests_start(7);
    for_ms(60000);
    CHECK(counters.motion_triggers == triggers && requests_take_frame() == 0);
    native_motion_active = false;
    for_ms(500);
}

static void commands_are_acknowledged(void)
{
    native_sent_count = 0;
    command('5'); // a mode that there is not
    CHECK(native_sent_count == 7 && native_sent[0] == LINK_ACK && native_sent[1] == (0x80 | '5')
        && native_sent[2] == (0x80 | LINK_NOT_SUPPORTED));
    native_sent_count = 0;
    command('3');
    CHECK(native_sent[2] == 0x80 && requests.mode == 3);
    command('s');
    CHECK(requests_take_frame() == LINK_TRIGGER_STREAM);
    command('c');
    command('c'); // sent again because its answer was lost
    CHECK(requests_take_frame() == LINK_TRIGGER_REQUEST);
    CHECK(requests_take_frame() == LINK_TRIGGER_STREAM);
    command('x');
    CHECK(requests_take_frame() == 0);
    uint16_t ignored = counters.commands_ignored;
    native_sent_count = 0;
    native_receive('h'); // without its parity bit
    for_ms(5);
    CHECK(counters.commands_ignored == ignored + 1 && native_sent_count == 0 && !requests.hello);
    command('h');
    CHECK(requests.hello);
    uint32_t before_s = requests_uptime_s();
    for_ms(10000);
    CHECK_THAT(requests_uptime_s() - before_s >= 9 && requests_uptime_s() - before_s <= 11, "10 s are counted as %u",
        (unsigned)(requests_uptime_s() - before_s));
    requests.bell_frames = BELL_RUN_FRAMES;
    command('x');
    CHECK(requests_take_frame() == 0); // it ends what a press started, too
}

static void noise_changes_nothing_and_a_host_behind_it_is_obeyed_at_the_second_try(void)
{
    uint32_t state = 12345;
    int changed = 0;
    for_ms(6000);
    for (int i = 0; i < 5000; i++) {
        state = state * 1664525 + 1013904223;
        native_receive((uint8_t)(state >> 24));
        for_ms(2);
        changed += requests.restart || requests.mode != START_MODE || requests.test_bars || requests.stream;
        requests.restart = requests.test_bars = requests.stream = false;
        requests.mode = START_MODE;
    }
    CHECK_THAT(changed <= 2, "5000 random bytes changed something %d times", changed);
    native_receive(0x01); // no parity
    for_ms(2);
    native_sent_count = 0;
    command('s');
    CHECK(!requests.stream && native_sent_count == 0);
    for_ms(1500);
    command('s');
    CHECK(requests.stream && packets_of(LINK_ACK) == 1);
    command('q');
    CHECK(requests.status); // a question needs no second time
    command('x');
    command('x');
    CHECK(!requests.stream);
    native_receive(0x01);
    for_ms(6000);
    command('t');
    CHECK(requests.test_bars); // long quiet: once is enough
    command('n');
    requests.status = requests.hello = false;
}

// The name of the press in the first BELL sent: start and number.
static void last_bell(int *boot, int *press)
{
    *boot = *press = -1;
    for (size_t i = 0; i + 3 < native_sent_count; i++) {
        if (native_sent[i] == LINK_BELL && (i == 0 || native_sent[i - 1] == 0)) {
            *boot = native_sent[i + 1] & 0x7F;
            *press = (native_sent[i + 2] & 0x7F) << 7 | (native_sent[i + 3] & 0x7F);
            return;
        }
    }
}

static void start_again(uint8_t boot, uint8_t cause)
{
    native_sent_count = 0;
    native_reset_cause = cause;
    requests.bell_frames = 0;
    requests_start(boot);
}

static void a_ring_that_nobody_has_heard_outlives_a_reset_but_no_power_cut(void)
{
    int boot, press, number = requests_presses() + 1;
    native_bell_closed = true;
    for_ms(20);
    native_bell_closed = false;
    for_ms(60);
    CHECK(requests_presses() == number);
    for (uint8_t later = 8; later < 11; later++) {
        start_again(later, 2);
        for_ms(10);
        last_bell(&boot, &press);
        CHECK_THAT(boot == 7 && press == number, "told again under its old name, not %d, %d", boot, press);
        CHECK(requests.bell_frames == BELL_RUN_FRAMES);
    }
    command((char)(' ' + (number & 15)));
    start_again(11, 2);
    for_ms(200);
    CHECK_THAT(packets_of(LINK_BELL) == 0 && requests_presses() == 0, "what was acknowledged is not told again");
    native_bell_closed = true;
    for_ms(20);
    native_bell_closed = false;
    for_ms(60);
    last_bell(&boot, &press);
    CHECK(boot == 11 && press == 1);
    start_again(12, 1);
    for_ms(200);
    CHECK_THAT(packets_of(LINK_BELL) == 0, "after a power cut the memory is not to be believed");
}

static void a_finger_on_the_button_is_counted_once_whatever_the_reset_meets(void)
{
    for (int before_ms = 0; before_ms < 40; before_ms++) {
        start_again(20, 1);
        native_bell_closed = true;
        for_ms((unsigned)before_ms);
        start_again(21, 2);
        for_ms(100);
        native_bell_closed = false;
        for_ms(100);
        CHECK_THAT(requests_presses() == 1, "a reset %d ms after the press: counted %d times", before_ms, requests_presses());
        command('!');
    }
}

static void at_leisure_for_ms(unsigned ms)
{
    uint16_t start = native_now_ms;
    while ((uint16_t)(native_now_ms - start) < ms)
        requests_poll_at_leisure();
}

static void ask(char ascii)
{
    command(ascii);
    at_leisure_for_ms(5);
}

static void a_rate_stays_only_if_the_host_is_heard_at_it_and_keeps_it(void)
{
    for_ms(6000);
    rate_start(RATE_500K);
    CHECK(native_rate == 500000);
    native_sent_count = 0;
    ask('B');
    CHECK(native_rate == 1000000 && rate_bits_per_second() == 1000000 && packets_of(LINK_ACK) == 1);
    at_leisure_for_ms(RATE_TRIAL_MS - 100);
    CHECK(native_rate == 1000000);
    at_leisure_for_ms(200);
    CHECK_THAT(native_rate == 500000, "nobody was heard at 1000000: back after a second, not at %u", (unsigned)native_rate);

    ask('B');
    native_sent_count = 0;
    ask('B');
    at_leisure_for_ms(100);
    int lines = packets_of(LINK_LINE);
    CHECK_THAT(lines == RATE_TEST_PACKETS, "%d packets to judge the rate by", lines);
    at_leisure_for_ms(RATE_TRIAL_MS + 100);
    CHECK_THAT(native_rate == 500000, "heard, but not told to stay");

    ask('B');
    ask('k');
    at_leisure_for_ms(3000);
    CHECK(native_rate == 1000000);
    ask('C');
    at_leisure_for_ms(RATE_TRIAL_MS + 100);
    CHECK_THAT(native_rate == 1000000, "back to the rate before");
    ask('C');
    ask('A');
    CHECK(native_rate == 500000);
    at_leisure_for_ms(RATE_TRIAL_MS + 100);
    CHECK_THAT(native_rate == 1000000, "two trials in turn end at the rate that was kept");
}

static void a_rate_waits_for_the_end_of_a_frame(void)
{
    rate_start(RATE_500K);
    requests.frame_under_way = true;
    native_sent_count = 0;
    ask('B');
    CHECK(native_rate == 500000 && packets_of(LINK_ACK) == 0);
    requests.frame_under_way = false;
    at_leisure_for_ms(5);
    CHECK(native_rate == 1000000 && packets_of(LINK_ACK) == 1);
    requests.frame_under_way = true;
    at_leisure_for_ms(2000);
    CHECK(native_rate == 1000000);
    requests.frame_under_way = false;
    at_leisure_for_ms(5);
    CHECK(native_rate == 500000);
}

static void the_number_is_drawn_once_and_then_remembered(void)
{
    for (int i = 0; i < 4; i++)
        native_eeprom[44 + i] = 0xFF;
    native_noise = 0xFFFFFFFF;
    CHECK(device_number() == 0x0FFFFFFF);
    native_noise = 0x12345678;
    CHECK(device_number() == 0x0FFFFFFF);
    native_eeprom[46] = 0xFF; // a worn cell: a new number
    CHECK(device_number() == 0x1234567 && device_number() == 0x1234567);
    native_eeprom[44] = 0xFF;
    native_noise = 0;
    CHECK_THAT(device_number() == 1, "0 is no number");
}

void test_requests(void)
{
    native_sent_count = 0;
    native_reset_cause = 1;
    CHECK(!requests_start(7));
    a_press_rings_starts_frames_and_repeats();
    the_light_is_on_when_the_ring_was_heard();
    motion_starts_frames_without_a_ring();
    a_motion_sensor_that_is_not_there_starts_nothing();
    commands_are_acknowledged();
    noise_changes_nothing_and_a_host_behind_it_is_obeyed_at_the_second_try();
    a_ring_that_nobody_has_heard_outlives_a_reset_but_no_power_cut();
    a_finger_on_the_button_is_counted_once_whatever_the_reset_meets();
    a_rate_stays_only_if_the_host_is_heard_at_it_and_keeps_it();
    a_rate_waits_for_the_end_of_a_frame();
    the_number_is_drawn_once_and_then_remembered();
}

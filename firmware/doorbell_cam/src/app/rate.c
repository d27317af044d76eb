// Changing the serial rate. See rate.h.

#include "rate.h"
#include "../board/board.h"  // serial line, clock
#include "../link/command.h" // commands
#include "../link/link.h"    // ACK, LINE

static mode_rate_t in_use, before, wanted;
static bool is_asked, is_on_trial;
static uint16_t heard_at_ms;
static uint8_t tests_left;

static void use(mode_rate_t rate)
{
    in_use = rate;
    tests_left = 0;
    mode_use_rate(rate);
    board_use_rate(rate_bits_per_second());
}

void rate_start(mode_rate_t rate)
{
    is_asked = is_on_trial = false;
    use(rate);
}

mode_rate_t rate_in_use(void)
{
    return in_use;
}

uint32_t rate_bits_per_second(void)
{
    return 500000UL << in_use;
}

void rate_ask(mode_rate_t rate)
{
    wanted = rate;
    is_asked = true;
}

void rate_keep(void)
{
    is_on_trial = false;
}

bool rate_is_on_trial(void)
{
    return is_on_trial;
}

static void grant(void)
{
    is_asked = false;
    link_send_ack((uint8_t)(LINK_COMMAND_RATE_FIRST + wanted), LINK_DONE);
    heard_at_ms = board_now_ms();
    if (wanted == in_use) {
        tests_left = RATE_TEST_PACKETS;
        return;
    }
    board_flush(); // the answer still goes out at the rate at which it was asked for
    if (!is_on_trial)
        before = in_use;
    is_on_trial = true;
    use(wanted);
}

void rate_serve(void)
{
    if (is_asked) {
        grant();
    } else if (tests_left > 0) {
        link_send_line((uint8_t)(RATE_TEST_PACKETS - tests_left), RATE_TEST_PACKETS);
        tests_left--;
    } else if (is_on_trial && (uint16_t)(board_now_ms() - heard_at_ms) >= RATE_TRIAL_MS) {
        is_on_trial = false;
        use(before);
    }
}

// Debouncing, press numbers and repeats, the boot counter.

#include <string.h>

#include "../doorbell_cam/config.h"
#include "../doorbell_cam/src/board/native/native.h"
#include "../doorbell_cam/src/button/bell.h"
#include "../doorbell_cam/src/button/button.h"
#include "../doorbell_cam/src/app/boot_counter.h"
#include "check.h"

#define CLOSED_MS 4
#define OPEN_MS 40

// Samples a level once a millisecond; returns the presses, and the millisecond of the first.
static int presses_in(button_t *button, const char *levels, uint16_t start_ms, int *first_at)
{
    int presses = 0;
    for (int i = 0; levels[i] != 0; i++) {
        if (button_sample(button, levels[i] == '#', (uint16_t)(start_ms + i))) {
            if (presses++ == 0 && first_at != NULL)
                *first_at = i;
        }
    }
    return presses;
}

static void a_bouncing_press_counts_once(void)
{
    button_t button;
    int at = -1;
    button_start(&button, CLOSED_MS, OPEN_MS, false, false, 0);
    int presses = presses_in(&button, "....#.#.########################.#.#..........................................########", 0, &at);
    CHECK_THAT(presses == 2, "a press, bouncing at both ends, and another one 40 ms later are 2, not %d", presses);
    CHECK_THAT(at == 12, "the first press counts 4 ms after the last bounce, at 12 ms, not %d", at);
}

static void a_spike_is_no_press(void)
{
    button_t button;
    button_start(&button, CLOSED_MS, OPEN_MS, false, false, 0);
    CHECK(presses_in(&button, "...#...##...###....#.#.#.#.#.#.#", 0, NULL) == 0);
}

// What the mains induce on metres of bell wire: low for 5 of every 20 ms, for minutes.
static void mains_pick_up_is_no_press(void)
{
    button_t button;
    button_start(&button, BELL_CLOSED_MS, BELL_OPEN_MS, false, false, 0);
    for (uint32_t ms = 0; ms < 120000; ms++)
        CHECK(!button_sample(&button, ms % 20 < 5 || (ms % 20 >= 10 && ms % 20 < 15), (uint16_t)ms));
}

static void a_button_stuck_at_the_start_is_no_press(void)
{
    button_t button;
    button_start(&button, CLOSED_MS, OPEN_MS, true, false, 0);
    CHECK(presses_in(&button, "##############################", 0, NULL) == 0);
}

// Opening the port resets the board, and the visitor's finger is still on the button.
static void a_button_held_over_the_start_rings_when_it_is_let_go(void)
{
    button_t button;
    int at = -1;
    button_start(&button, CLOSED_MS, OPEN_MS, true, false, 0);
    CHECK(presses_in(&button, "#########...............................................#######", 0, &at) == 2);
    CHECK_THAT(at == 9 + OPEN_MS, "it counts when it has been open for %d ms, not at %d", OPEN_MS, at);
    button_start(&button, CLOSED_MS, OPEN_MS, true, true, 0); // counted before the reset
    CHECK(presses_in(&button, "#########...............................................#######", 0, NULL) == 1);
    for (unsigned held_ms = BUTTON_LONGEST_HELD_MS - 5; held_ms <= BUTTON_LONGEST_HELD_MS + 5; held_ms += 10) {
        int presses = 0;
        button_start(&button, CLOSED_MS, OPEN_MS, true, false, 0xFF00);
        for (unsigned ms = 0; ms < held_ms + 200; ms++)
            presses += button_sample(&button, ms < held_ms - OPEN_MS, (uint16_t)(0xFF00 + ms));
        CHECK_THAT(presses == (held_ms < BUTTON_LONGEST_HELD_MS), "held for %u ms it counts %d times", held_ms, presses);
    }
}

static void time_may_wrap(void)
{
    button_t button;
    button_start(&button, CLOSED_MS, OPEN_MS, false, false, 0xFFF0);
    CHECK(presses_in(&button, "..........####################", 0xFFF0, NULL) == 1);
    // Hours without a press: the wrapping clock must not make one up, nor swallow the next.
    button_start(&button, CLOSED_MS, OPEN_MS, false, false, 0);
    for (uint32_t ms = 0; ms < 200000; ms += 10)
        CHECK(!button_sample(&button, false, (uint16_t)ms));
    CHECK(presses_in(&button, "########", (uint16_t)200001, NULL) == 1);
}

static void the_bell_repeats_until_acknowledged(void)
{
    bell_t bell = {0};
    CHECK(!bell_is_due(&bell, 0, 100));
    bell_press(&bell);
    CHECK(bell.press == 1);
    CHECK(bell_is_due(&bell, 10, 100));
    CHECK(!bell_is_due(&bell, 109, 100));
    CHECK(bell_is_due(&bell, 110, 100));
    bell_acknowledge(&bell, 2); // another press
    CHECK(bell_is_due(&bell, 210, 100));
    bell_acknowledge(&bell, 1);
    CHECK(!bell_is_due(&bell, 310, 100));
    bell_press(&bell);
    bell_acknowledge(&bell, 2); // before it was ever sent: nobody can have heard it
    CHECK(bell_is_due(&bell, 320, 100));
    bell_acknowledge(&bell, 1); // the one before
    CHECK(bell_is_due(&bell, 420, 100));
}

static void press_numbers_wrap_to_one(void)
{
    bell_t bell = {.press = BELL_LAST_PRESS};
    bell_press(&bell);
    CHECK(bell.press == 1);
    CHECK(bell_is_due(&bell, 0, 100));
    bell_acknowledge(&bell, 1);
    CHECK(!bell_is_due(&bell, 200, 100));
}

static void boots_are_counted_over_power_cuts(void)
{
    memset(native_eeprom, 0xFF, sizeof native_eeprom);
    unsigned written[BOOT_COUNTER_CELLS] = {0};
    for (unsigned boot = 0; boot < 1000; boot++) {
        uint8_t before[BOOT_COUNTER_CELLS];
        memcpy(before, native_eeprom, sizeof before);
        uint8_t got = boot_counter_next();
        CHECK_THAT(got == boot % 128, "boot %u is numbered %u, not %u", boot, boot % 128, got);
        for (unsigned cell = 0; cell < BOOT_COUNTER_CELLS; cell++)
            written[cell] += before[cell] != native_eeprom[cell];
    }
    for (unsigned cell = 0; cell < BOOT_COUNTER_CELLS; cell++)
        CHECK_THAT(written[cell] <= 1000 / BOOT_COUNTER_CELLS + 1, "cell %u wears no more than the others: %u", cell, written[cell]);
}

void test_button(void)
{
    a_bouncing_press_counts_once();
    a_spike_is_no_press();
    mains_pick_up_is_no_press();
    a_button_stuck_at_the_start_is_no_press();
    a_button_held_over_the_start_rings_when_it_is_let_go();
    time_may_wrap();
    the_bell_repeats_until_acknowledged();
    press_numbers_wrap_to_one();
    boots_are_counted_over_power_cuts();
}

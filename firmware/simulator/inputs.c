// SPDX-License-Identifier: GPL-3.0-or-later
// The bell button, whose contacts bounce as real ones do, and the motion sensor.

#include <stdio.h>

#include "inputs.h"

#define MAX_PENDING 64
#define MICROSECOND 16ULL

inputs_statistics_t inputs_statistics;

static struct { cycle_t from, until; } presses[MAX_PENDING];
static int press_count;
static cycle_t motion_from, motion_until;
static cycle_t unanswered[MAX_PENDING];
static int unanswered_count;
static cycle_t unseen[MAX_PENDING];
static int unseen_count;

// Closed for 200 us, open for 150, closed for 300, open for 100, and then closed; letting go is the mirror image.
static bool bounces_open(cycle_t since)
{
    cycle_t us = since / MICROSECOND;
    return (us >= 200 && us < 350) || (us >= 650 && us < 750);
}

void inputs_press(cycle_t now, uint32_t held_ms)
{
    int slot = press_count++ % MAX_PENDING;
    presses[slot].from = now;
    presses[slot].until = now + held_ms * CYCLES_PER_MS;
    inputs_statistics.presses++;
    if (unanswered_count < MAX_PENDING)
        unanswered[unanswered_count++] = now;
    if (unseen_count < MAX_PENDING)
        unseen[unseen_count++] = now;
}

void inputs_move(cycle_t now, uint32_t held_ms)
{
    motion_from = now;
    motion_until = now + held_ms * CYCLES_PER_MS;
}

bool inputs_bell_closed(cycle_t at)
{
    for (int i = 0; i < press_count && i < MAX_PENDING; i++) {
        if (at >= presses[i].from && at < presses[i].until)
            return !bounces_open(at - presses[i].from) && !bounces_open(presses[i].until - at);
    }
    return false;
}

bool inputs_motion_high(cycle_t at)
{
    return at >= motion_from && at < motion_until;
}

void inputs_bell_sent(cycle_t at)
{
    for (int i = 0; i < unanswered_count; i++) {
        inputs_statistics.answered++;
        if (at - unanswered[i] > inputs_statistics.slowest)
            inputs_statistics.slowest = at - unanswered[i];
        printf("bell %.3f ms after the press\n", (double)(at - unanswered[i]) / CYCLES_PER_MS);
        fflush(stdout);
    }
    unanswered_count = 0;
}

void inputs_frame_sent(cycle_t began, cycle_t ended)
{
    int later = 0;
    for (int i = 0; i < unseen_count; i++) {
        if (unseen[i] > began) {
            unseen[later++] = unseen[i];
            continue;
        }
        cycle_t took = ended - unseen[i];
        inputs_statistics.pictures++;
        inputs_statistics.picture_sum += took;
        if (took > inputs_statistics.picture_most)
            inputs_statistics.picture_most = took;
        if (inputs_statistics.picture_least == 0 || took < inputs_statistics.picture_least)
            inputs_statistics.picture_least = took;
        printf("picture %.3f ms after the press\n", (double)took / CYCLES_PER_MS);
        fflush(stdout);
    }
    unseen_count = later;
}

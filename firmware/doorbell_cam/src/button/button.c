// Debouncing. See button.h.

#include "button.h"

void button_start(button_t *button, uint16_t closed_ms, uint16_t open_ms, bool closed, bool counted, uint16_t now_ms)
{
    button->closed_ms = closed_ms;
    button->open_ms = open_ms;
    button->since_ms = now_ms;
    button->level = closed;
    button->accepted = closed;
    button->started_ms = now_ms;
    button->held_since_start = closed && !counted;
}

bool button_sample(button_t *button, bool closed, uint16_t now_ms)
{
    if (button->held_since_start && (uint16_t)(now_ms - button->started_ms) >= BUTTON_LONGEST_HELD_MS)
        button->held_since_start = false;
    if (closed != button->level) {
        button->level = closed;
        button->since_ms = now_ms;
        return false;
    }
    if (closed == button->accepted)
        return false;
    if ((uint16_t)(now_ms - button->since_ms) < (closed ? button->closed_ms : button->open_ms))
        return false;
    button->accepted = closed;
    button->since_ms = now_ms;
    bool counts_now = closed || button->held_since_start;
    button->held_since_start = false;
    return counts_now;
}

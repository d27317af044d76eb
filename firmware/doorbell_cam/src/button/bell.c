// Press numbers and repeats. See bell.h.

#include "bell.h"

#define LOW_BITS 0x0Fu

void bell_press(bell_t *bell)
{
    bell->press = bell->press >= BELL_LAST_PRESS ? 1 : (uint16_t)(bell->press + 1);
    bell->waiting = true;
    bell->sent = false;
}

void bell_acknowledge(bell_t *bell, uint8_t low_bits)
{
    if (bell->sent && (bell->press & LOW_BITS) == (low_bits & LOW_BITS))
        bell->waiting = false;
}

bool bell_is_due(bell_t *bell, uint16_t now_ms, uint16_t repeat_ms)
{
    if (!bell->waiting)
        return false;
    if (bell->sent && (uint16_t)(now_ms - bell->sent_ms) < repeat_ms)
        return false;
    bell->sent = true;
    bell->sent_ms = now_ms;
    return true;
}

// Which bytes are commands. See command.h.

#include "command.h"

static uint8_t has_even_parity(uint8_t byte)
{
    byte ^= (uint8_t)(byte >> 4);
    byte ^= (uint8_t)(byte >> 2);
    byte ^= (uint8_t)(byte >> 1);
    return !(byte & 1);
}

enum link_command link_decode_command(uint8_t byte)
{
    if (!has_even_parity(byte))
        return LINK_COMMAND_NONE;
    enum link_command command = (enum link_command)(byte & 0x7F);
    switch (command) {
    case LINK_COMMAND_ACK_FIRST ... LINK_COMMAND_ACK_LAST:
    case LINK_COMMAND_MODE_0 ... LINK_COMMAND_MODE_9:
    case LINK_COMMAND_HELLO:
    case LINK_COMMAND_CAPTURE:
    case LINK_COMMAND_STREAM:
    case LINK_COMMAND_STOP:
    case LINK_COMMAND_BARS_ON:
    case LINK_COMMAND_BARS_OFF:
    case LINK_COMMAND_STATUS:
    case LINK_COMMAND_RESTART:
    case LINK_COMMAND_RATE_FIRST ... LINK_COMMAND_RATE_LAST:
    case LINK_COMMAND_KEEP_RATE:
        return command;
    case LINK_COMMAND_NONE:
        break;
    }
    return LINK_COMMAND_NONE;
}

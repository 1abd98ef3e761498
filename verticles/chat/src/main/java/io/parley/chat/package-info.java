/** Channels and their messages: contract, domain, store and verticle. */
@NullMarked
package io.parley.chat;

import org.jspecify.annotations.NullMarked;

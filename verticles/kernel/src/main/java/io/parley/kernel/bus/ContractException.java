package io.parley.kernel.bus;

/**
 * Another process sent bytes that are not what the contract says: a bug or a version that may not be mixed with this
 * one.
 */
public final class ContractException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ContractException(String message, Throwable cause) {
        super(message, cause);
    }
}

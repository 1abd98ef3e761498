/**
 * Who may import what, checked on the compiled classes of every module.
 *
 * <p>Start at {@link io.parley.app.imports.ModuleImportsTest}, then {@link io.parley.app.imports.DomainPurityTest}.
 */
@NullMarked
package io.parley.app.imports;

import org.jspecify.annotations.NullMarked;

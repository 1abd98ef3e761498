package io.parley.app;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;

/**
 * Metrics and traces of one process. Trace context is always carried on; spans leave only when an exporter is
 * configured.
 */
final class Observability implements AutoCloseable {
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final OpenTelemetrySdk tracing;

    Observability(ProcessConfig config, String nodeId) {
        new ClassLoaderMetrics().bindTo(meters);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        collections.bindTo(meters);
        tracing = OpenTelemetrySdk.builder()
                .setTracerProvider(tracer(config, nodeId))
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }

    private static SdkTracerProvider tracer(ProcessConfig config, String nodeId) {
        Attributes process = Attributes.of(
                AttributeKey.stringKey("service.name"),
                "parley",
                AttributeKey.stringKey("service.instance.id"),
                nodeId);
        SdkTracerProviderBuilder tracer = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(process)))
                .setSampler(Sampler.parentBased(
                        Sampler.traceIdRatioBased(config.tracing().isEmpty() ? 0 : config.traced())));
        if (!config.tracing().isEmpty()) {
            tracer.addSpanProcessor(BatchSpanProcessor.builder(OtlpGrpcSpanExporter.builder()
                            .setEndpoint(config.tracing())
                            .build())
                    .build());
        }
        return tracer.build();
    }

    PrometheusMeterRegistry meters() {
        return meters;
    }

    OpenTelemetry tracing() {
        return tracing;
    }

    /** A builder of a Vert.x whose HTTP and bus carry the trace context. */
    VertxBuilder vertx() {
        return Vertx.builder().withTracer(new OpenTelemetryTracingFactory(tracing));
    }

    @Override
    public void close() {
        tracing.close();
        collections.close();
        meters.close();
    }
}

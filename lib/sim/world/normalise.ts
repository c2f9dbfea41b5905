import type { ServiceSpec, TaskTemplate, UpdateConfig } from "./spec.ts";

/** A specification as swarm keeps it: with what it fills in where nothing was said. What else a client sent stays. */
export function normaliseService(spec: ServiceSpec, newName: () => string): ServiceSpec {
  const ports = spec.EndpointSpec?.Ports?.map((port) => ({
    ...port,
    Protocol: port.Protocol ?? "tcp",
    PublishMode: port.PublishMode ?? "ingress",
  }));
  return {
    ...spec,
    Name: spec.Name || newName(),
    Labels: spec.Labels ?? {},
    TaskTemplate: normaliseTemplate(spec.TaskTemplate),
    Mode: modeWith(spec),
    ...(spec.UpdateConfig && { UpdateConfig: normaliseUpdate(spec.UpdateConfig) }),
    ...(spec.RollbackConfig && { RollbackConfig: normaliseUpdate(spec.RollbackConfig) }),
    ...(spec.EndpointSpec && {
      EndpointSpec: {
        ...spec.EndpointSpec,
        Mode: spec.EndpointSpec.Mode ?? "vip",
        ...(ports && { Ports: ports }),
      },
    }),
  };
}

function modeWith({ Mode }: ServiceSpec): ServiceSpec["Mode"] {
  const mode = Mode ?? {};
  if (mode.Global || mode.GlobalJob || mode.ReplicatedJob) return mode;
  return { ...mode, Replicated: { ...mode.Replicated, Replicas: mode.Replicated?.Replicas ?? 1 } };
}

function normaliseTemplate(template: TaskTemplate): TaskTemplate {
  const { ContainerSpec, RestartPolicy } = template;
  const { Env, ...others } = ContainerSpec ?? {};
  const container = ContainerSpec && {
    ...others,
    ...(Env && Env.length > 0 && { Env }),
    Isolation: (ContainerSpec as { Isolation?: string }).Isolation ?? "default",
  };
  return {
    ...template,
    ...(container && { ContainerSpec: container }),
    ...(RestartPolicy && {
      RestartPolicy: {
        ...RestartPolicy,
        Condition: RestartPolicy.Condition ?? "any",
        MaxAttempts: RestartPolicy.MaxAttempts ?? 0,
      },
    }),
    ForceUpdate: template.ForceUpdate ?? 0,
    Runtime: template.Runtime ?? "container",
  };
}

function normaliseUpdate(config: UpdateConfig): UpdateConfig {
  return {
    ...config,
    Parallelism: config.Parallelism ?? 0,
    FailureAction: config.FailureAction ?? "pause",
    MaxFailureRatio: config.MaxFailureRatio ?? 0,
    Order: config.Order ?? "stop-first",
  };
}

extension Cause {
    /// What is the matter with the deployment as a whole: said only when nothing else is seen.
    static let deploying = [
        Cause(
            "superseded",
            .situation {
                $0.deployment?.isSuperseded == true
                    ? [$0.deployment?.reason ?? "another deployment is the service's own now"] : []
            }
        ) { _ in
            "another deployment has taken the place of this one"
        } remedy: { _ in
            "see who else deploys this service; apply again if this one is wanted"
        },
        Cause(
            "stopped-deployment",
            .situation {
                $0.deployment?.isStopped == true ? [$0.deployment?.reason ?? "the deployment was stopped"] : []
            }
        ) { _ in
            "somebody has stopped the deployment"
        } remedy: { _ in
            "find who: CloudTrail has the StopServiceDeployment call; apply again to go on"
        },
        Cause(
            "scaled-to-zero",
            .situation { evidence in
                evidence.isScaledAway
                    ? ["the manifest wants \(evidence.wanted ?? 0) tasks, and the service is set to none"] : []
            }
        ) { _ in
            "the service wants no tasks: somebody has scaled it to zero"
        } remedy: { _ in
            "apply again, which scales it back; or write `desiredCount: 0`"
        },
        Cause(
            "no-room-to-roll",
            .any([
                .event([["unable to stop or start tasks during a deployment"]]),
                .situation { evidence in
                    guard evidence.deployment?.rolloutState == "IN_PROGRESS", evidence.hasNoRoom else { return [] }
                    return [
                        "of \(evidence.desired) tasks, \(evidence.minimumHealthyPercent) % must run at least and "
                            + "\(evidence.maximumPercent) % may at most"
                    ]
                },
            ])
        ) { _ in
            "the deployment may neither stop a task nor start one more"
        } remedy: { _ in
            "raise `maximumPercent`, or lower `minimumHealthyPercent`, in `deploymentConfiguration`"
        },
        Cause(
            "drains-for-long",
            .situation { evidence in
                // Whether tasks that drain still count as running depends on who counts.
                let hasOthers = evidence.running > evidence.desired || evidence.deployment?.isRolling == true
                guard hasOthers, evidence.deployment?.running ?? evidence.running >= evidence.desired,
                    evidence.pending == 0, evidence.stopped.isEmpty,
                    evidence.targets.allSatisfy({ $0.state == "healthy" }), evidence.drainsForLong,
                    let event = evidence.events.first(where: { $0.contains("draining connections") })
                else { return [] }
                return [event]
            }
        ) { seen in
            "earlier tasks are still finishing what they are busy with"
                + (seen.targetGroup?.deregistrationDelay.map { ", for up to \($0) seconds" } ?? "")
        } remedy: { _ in
            "wait for the deregistration delay to pass, or lower `deregistration_delay.timeout_seconds` of the target "
                + "group"
        },
        Cause(
            "circuit-breaker",
            .situation { evidence in
                guard evidence.deployment?.rolloutState == "FAILED" else { return [] }
                return [evidence.deployment?.reason ?? "the deployment failed"]
            }
        ) { seen in
            "the deployment was given up after \(seen.evidence.deployment?.failedTasks ?? 0) failed tasks"
        } remedy: { _ in
            "look at the events below, and at the tasks that stopped; `desiredCount` and the breaker's threshold say how "
                + "many failures it takes"
        },
    ]
}

extension Evidence {
    /// What passes within a minute is worth no words.
    fileprivate var drainsForLong: Bool {
        let delays = targetGroups.compactMap(\.deregistrationDelay)
        return delays.isEmpty || delays.contains { $0 > 60 }
    }

    /// As many must run as may.
    fileprivate var hasNoRoom: Bool {
        guard desired > 0 else { return false }
        let least = (desired * minimumHealthyPercent + 99) / 100
        let most = desired * maximumPercent / 100
        return most <= least && running >= least
    }
}

/** From a pose to joints: planted feet by two-bone inverse kinematics, arms by angles. Units are pixels of a 720 × 1280 picture. */
import { polar } from './shapes.mjs';

const sizes = { thigh: 186, shin: 184, torso: 214, neck: 34, headUp: 66, upperArm: 124, foreArm: 116 };
const shoulderX = 66;
const hipX = 34;
export const floorY = 1096;
/** Height of the ankle over the floor. */
const ankleY = 34;

/**
 * @typedef {{ x: number, drop: number, lean: number, head: number, hips: number, arms: [[number, number], [number, number]],
 *   feet: [[number, number], [number, number]] }} Pose
 * x: pelvis from the middle; drop: how deep the knees are bent; lean, head, hips: degrees;
 * arms: [left, right] of the picture, each [degrees from hanging, outward; bend of the elbow, outward and up]; feet: [x from the middle, lift].
 */

/** @param {Pose} pose */
export function jointsOf(pose, centerX) {
  const pelvis = { x: centerX + pose.x, y: floorY - ankleY - sizes.thigh - sizes.shin + 12 + pose.drop };
  const chest = polar(pelvis, 180 + pose.lean, sizes.torso);
  const neck = polar(chest, 180 + pose.lean * 1.2, sizes.neck);
  const head = polar(neck, 180 + pose.head, sizes.headUp);
  const sides = [-1, 1].map((side, index) => {
    const tilt = (pose.lean * 1.3 * Math.PI) / 180;
    const shoulder = {
      x: chest.x + side * shoulderX * Math.cos(tilt),
      y: chest.y + 24 + side * shoulderX * Math.sin(tilt),
    };
    const [raise, bend] = pose.arms[index];
    const elbow = polar(shoulder, -side * raise, sizes.upperArm);
    const wrist = polar(elbow, -side * (raise + bend), sizes.foreArm);
    const hipTilt = (pose.hips * Math.PI) / 180;
    const hip = { x: pelvis.x + side * hipX * Math.cos(hipTilt), y: pelvis.y + side * hipX * Math.sin(hipTilt) };
    const [footX, lift] = pose.feet[index];
    const ankle = { x: centerX + footX, y: floorY - ankleY - lift };
    return { side, shoulder, elbow, wrist, hip, knee: kneeBetween(hip, ankle, side), ankle, lift };
  });
  return { pelvis, chest, neck, head, sides, lean: pose.lean, headTilt: pose.head, hips: pose.hips };
}

/** Knees point outward, as a dancer's do who faces the camera. */
function kneeBetween(hip, ankle, side) {
  const dx = ankle.x - hip.x;
  const dy = ankle.y - hip.y;
  const reach = Math.min(Math.hypot(dx, dy), sizes.thigh + sizes.shin - 1);
  const along = (sizes.thigh ** 2 - sizes.shin ** 2 + reach ** 2) / (2 * reach);
  const out = Math.sqrt(Math.max(0, sizes.thigh ** 2 - along ** 2)) * 0.45; // part of the bend goes toward the camera
  const [ux, uy] = [dx / Math.hypot(dx, dy), dy / Math.hypot(dx, dy)];
  return { x: hip.x + ux * along + side * uy * out, y: hip.y + uy * along - side * ux * out };
}
